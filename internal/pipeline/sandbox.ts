import type { GraphNode, PipelineGraph } from "../ami/mod.ts";

/** What the caller of a run grants beyond `#pragma capabilities` (pipelines §12): `--allow`, or the API's `sandbox`. */
export interface SandboxPolicy {
  readonly allowFS?: boolean | undefined;
  readonly allowNet?: boolean | undefined;
  readonly allowDevice?: boolean | undefined;
}

/** A step that needs a capability which nobody grants. */
export interface Denied {
  readonly node: string;
  readonly capability: "fs" | "device";
}

/**
 * The first step, in order of declaration, that lacks a capability; the steps of the error pipeline come last. What a file
 * grants holds for both.
 */
export function firstDenied(graph: PipelineGraph, policy: SandboxPolicy): Denied | undefined {
  const { granted, error } = graph;
  return deniedAmong(graph.nodes, "", granted, policy) ?? deniedAmong(error?.nodes ?? [], "error/", granted, policy);
}

function deniedAmong(
  nodes: readonly GraphNode[],
  prefix: string,
  granted: PipelineGraph["granted"],
  policy: SandboxPolicy,
): Denied | undefined {
  for (const node of nodes) {
    const capability = lacking(node, granted, policy);
    if (capability !== undefined) return { node: `${prefix}${node.label}`, capability };
  }
  return undefined;
}

function lacking(
  { kind }: GraphNode,
  granted: PipelineGraph["granted"],
  policy: SandboxPolicy,
): Denied["capability"] | undefined {
  if (kind === "timer" && !granted.has("device") && policy.allowDevice !== true) return "device";
  const isIo = kind === "io.read" || kind === "io.write";
  if (isIo && !granted.has("io") && !granted.has("fs") && policy.allowFS !== true) return "fs";
  return undefined;
}

/** The sentence of `E_SANDBOX_DENIED`. */
export function deniedMessage(capability: Denied["capability"]): string {
  return `sandbox denied capability: ${capability}`;
}
