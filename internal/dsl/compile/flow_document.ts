import { type Json, setKey } from "../../value/mod.ts";
import type { CallStep, DslSource, WdlFile, WhenStep } from "../syntax/mod.ts";
import { DEFAULT_CASE, type DraftEdge, type DraftNode, type FlowDraft } from "./flow_draft.ts";
import { jsonObject } from "./json_value.ts";
import { slug } from "./slug.ts";

type JsonObject = { [key: string]: Json };

/** The id of the policy that a step applies; undefined: none. */
export type PolicyOf = (step: CallStep) => string | undefined;

/** Where the document of a policy lies, from the out directory. */
export function policyPath(id: string): string {
  return `policies/${slug(id)}.json`;
}

/**
 * What `flows/<slug>.yaml` holds (flows §3): the graph for people, and the source map from step to line.
 *
 * @throws DepthFault
 */
export function flowDocument(file: WdlFile, draft: FlowDraft, policyOf: PolicyOf): JsonObject {
  const { source, version, workflow, timeoutMs } = file;
  const steps: JsonObject = {};
  for (const { id, at } of draft.nodes) setKey(steps, id, place(source, at));
  return {
    flow: {
      id: workflow.text,
      version: version.text,
      entry: draft.entry,
      ...(timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }),
      steps: draft.nodes.map((node) => stepDocument(file, node, policyOf)),
      edges: draft.edges.map(edgeDocument),
      metadata: { dsl: { version: version.text, source: source.path, steps } },
    },
  };
}

function stepDocument(file: WdlFile, node: DraftNode, policyOf: PolicyOf): Json {
  const { id } = node;
  switch (node.kind) {
    case "call":
      return { id, kind: "task", ...callDocument(node.step, policyOf) };
    case "switch":
      return { id, kind: "switch", config: switchConfig(node) };
    case "emit":
      return { id, kind: "task", config: { outputs: outputsObject(file) } };
    case "finish":
      return { id, kind: "finish" };
  }
}

function callDocument(step: CallStep, policyOf: PolicyOf): JsonObject {
  const policy = policyOf(step);
  return {
    config: {
      call: { target: step.target.text, args: jsonObject(step.args) },
      ...(policy === undefined ? {} : { policy_ref: policyPath(policy), policy_id: policy }),
    },
    ...(step.timeoutMs === undefined ? {} : { timeout_ms: step.timeoutMs }),
    ...(step.retry === undefined ? {} : { retry: { max: step.retry.max, backoff_ms: step.retry.everyMs } }),
  };
}

/** `{key_from, cases, default}` of a switch, in both documents (flows §9). */
export function switchConfig({ when, cases }: { when: WhenStep; cases: ReadonlyMap<string, string> }): JsonObject {
  const literals: JsonObject = {};
  for (const [literal, to] of cases) setKey(literals, literal, to);
  return { key_from: keyFrom(when), cases: literals, default: DEFAULT_CASE };
}

/** `$.inputs.PATH` or `$.vars.STEP.PATH`. */
function keyFrom({ condition }: WhenStep): string {
  // A flow with a condition that is none has no documents.
  if (condition.kind === "fault") return "";
  const { root, path } = condition.reference;
  return `$.${root === "input" ? "inputs" : "vars"}.${path}`;
}

/** What a flow reports, as it is written. */
export function outputsObject({ outputs }: WdlFile): JsonObject {
  return jsonObject({ kind: "mapping", at: 0, entries: outputs });
}

function edgeDocument({ from, to, on, case: literal }: DraftEdge): Json {
  return {
    from,
    to,
    ...(literal === undefined ? {} : { when: literal }),
    ...(on === "failure" ? { on } : {}),
  };
}

function place({ path, lines }: DslSource, at: number): Json {
  const { line, column } = lines.position(at);
  return { line, column, filename: path };
}
