import { canonical } from "../value/mod.ts";
import type { FlowIr, FlowNode, InputsSchema } from "./flow_ir.ts";
import type { JsonObject } from "./ir_types.ts";

/**
 * `inputs_schema_hash` of a manifest (flows §9): `sha256:` and the digest of the schema's canonical JSON. `{}` gives
 * `sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a`.
 */
export function inputsSchemaHash(schema: InputsSchema): string {
  // It came out of JSON, or of the compiler.
  return sha256Of(canonical(schema as JsonObject));
}

/** `sha256:` and the lower-case hex digest of a text's UTF-8, or of bytes: how sources and schemas are named. */
export function sha256Of(content: string | Uint8Array): string {
  return `sha256:${Bun.SHA256.hash(content, "hex")}`;
}

/** `step_kinds` of a manifest: the types of all nodes, each once, by UTF-16 code unit. */
export function stepKinds({ graph }: { readonly graph: { readonly nodes: readonly FlowNode[] } }): string[] {
  return [...new Set(graph.nodes.map(({ type }) => type))].sort();
}

/** What a manifest must say of an IR. */
export function manifestFacts(ir: FlowIr) {
  return {
    name: ir.flow.name,
    policyRef: ir.constants.policyRef,
    step_kinds: stepKinds(ir),
    inputs_schema_hash: inputsSchemaHash(ir.inputs_schema),
  };
}
