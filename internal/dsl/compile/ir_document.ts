import { type FlowEdge, type FlowIr, type FlowNode, IR_VERSION, sha256Of } from "../../flow/mod.ts";
import { type Json, setKey } from "../../value/mod.ts";
import type { CallStep, DslSource, WdlFile } from "../syntax/mod.ts";
import { outputsObject, type PolicyOf, switchConfig } from "./flow_document.ts";
import type { DraftEdge, DraftNode, FlowDraft } from "./flow_draft.ts";
import { jsonObject } from "./json_value.ts";
import type { PolicyDocument } from "./policy_document.ts";

type JsonObject = { [key: string]: Json };

/** A policy of this compile. */
export interface CompiledPolicy {
  readonly id: string;
  readonly source: DslSource;
  readonly document: PolicyDocument;
}

export interface IrOptions {
  readonly policyOf: PolicyOf;
  readonly policies: ReadonlyMap<string, CompiledPolicy>;
  /** RFC 3339 UTC. */
  readonly generatedAt: string;
}

/** The id that stands for "no policy" (flows §9). */
const NO_POLICY = "none";

/**
 * Flow IR 1.0.0 of a flow (flows §9), its members in the order of the page.
 *
 * @throws DepthFault
 */
export function irDocument(file: WdlFile, draft: FlowDraft, options: IrOptions): FlowIr {
  const { source, workflow, timeoutMs } = file;
  const used = usedPolicies(draft, options);
  const [first, ...further] = used;
  return {
    version: IR_VERSION,
    flow: { name: workflow.text, timeout_ms: timeoutMs ?? 0 },
    constants: {
      policyRef: first?.id ?? NO_POLICY,
      policy: first === undefined ? {} : { policy: first.document.policy, ...furtherPolicies(further) },
    },
    inputs_schema: inputsSchema(file),
    graph: {
      nodes: draft.nodes.map((node) => irNode(file, node, options.policyOf, first?.id)),
      edges: draft.edges.map(irEdge),
    },
    metadata: {
      generated_at: options.generatedAt,
      source_file: source.path,
      sources: sourceHashes([source, ...used.map((policy) => policy.source)]),
    },
  };
}

/** The policies that a flow applies, each once, in the order of its nodes. */
function usedPolicies({ nodes }: FlowDraft, { policyOf, policies }: IrOptions): readonly CompiledPolicy[] {
  const ids = new Set(nodes.flatMap((node) => (node.kind === "call" ? (policyOf(node.step) ?? []) : [])));
  return [...ids].flatMap((id) => policies.get(id) ?? []);
}

function furtherPolicies(further: readonly CompiledPolicy[]): { policies?: JsonObject } {
  if (further.length === 0) return {};
  const policies: JsonObject = {};
  for (const { id, document } of further) setKey(policies, id, document.policy);
  return { policies };
}

/** What a flow declares of its inputs. */
export function inputsSchema({ inputs }: WdlFile): FlowIr["inputs_schema"] {
  const schema: { [name: string]: { type: string } } = {};
  for (const { name, type } of inputs) setKey(schema, name, { type: type.text });
  return schema;
}

/** Path -> `sha256:…` of the file's bytes. */
function sourceHashes(sources: readonly DslSource[]): { [path: string]: string } {
  const hashes: { [path: string]: string } = {};
  for (const { path, text } of sources) setKey(hashes, path, sha256Of(text));
  return hashes;
}

function irNode(file: WdlFile, node: DraftNode, policyOf: PolicyOf, policyRef: string | undefined): FlowNode {
  const { id } = node;
  const still = { timeout_ms: 0, retry: { max: 0, backoff_ms: 0 } };
  switch (node.kind) {
    case "call":
      return irCall(id, node.step, policyOf(node.step), policyRef);
    case "switch":
      return { id, type: "switch", with: switchConfig(node), ...still };
    case "emit":
      return { id, type: "dsl.emit", with: outputsObject(file), ...still };
    case "finish":
      return { id, type: "finish", with: {}, ...still };
  }
}

function irCall(id: string, step: CallStep, policy: string | undefined, policyRef: string | undefined): FlowNode {
  return {
    id,
    type: step.target.text,
    with: jsonObject(step.args),
    timeout_ms: step.timeoutMs ?? 0,
    retry: { max: step.retry?.max ?? 0, backoff_ms: step.retry?.everyMs ?? 0 },
    ...(policy === undefined || policy === policyRef ? {} : { policy }),
  };
}

function irEdge({ from, to, on, case: literal }: DraftEdge): FlowEdge {
  return { from, to, on, ...(literal === undefined ? {} : { case: literal }) };
}
