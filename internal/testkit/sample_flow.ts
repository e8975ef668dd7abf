import type { FlowEdge, FlowIr, FlowNode, JsonObject } from "../flow/mod.ts";

/** A node as tests write it. */
export type NodeSpec = Partial<FlowNode> & { readonly id: string };

/** An edge as tests write it: `a -> b`, `a -!> b` after failure, `a -x> b` for case x. */
export type EdgeSpec = string;

/** An IR for tests; nodes are of type `op.x` unless they say otherwise. */
export function sampleIr(nodes: readonly NodeSpec[], edges: readonly EdgeSpec[], rest: Partial<FlowIr> = {}): FlowIr {
  return {
    version: "1.0.0",
    flow: { name: "sample", timeout_ms: 0 },
    constants: { policyRef: "none", policy: {} },
    inputs_schema: {},
    graph: { nodes: nodes.map(sampleNode), edges: edges.map(sampleEdge) },
    metadata: { generated_at: "2026-01-01T00:00:00Z", source_file: "sample.wdl" },
    ...rest,
  };
}

/** A switch over an input: literal -> node. */
export function sampleSwitch(id: string, input: string, cases: JsonObject, fallback = "_DEFAULT"): NodeSpec {
  return { id, type: "switch", with: { key_from: `$.inputs.${input}`, cases, default: fallback } };
}

function sampleNode(node: NodeSpec): FlowNode {
  return { type: "op.x", with: {}, timeout_ms: 0, retry: { max: 0, backoff_ms: 0 }, ...node };
}

function sampleEdge(text: EdgeSpec): FlowEdge {
  const [, from = "", mark = "", to = ""] = /^(\S+) -(\S*)> (\S+)$/.exec(text) ?? [];
  const on = mark === "!" ? "failure" : "success";
  return mark === "" || mark === "!" ? { from, to, on } : { from, to, on, case: mark };
}
