import * as v from "valibot";
import { closed, Digest, Int, Name, noList, OpaqueObject, open, Text, UtcTime } from "./ir_types.ts";

/** A node of the graph: a step to perform, or a control node (flows §9). */
export const NodeSchema = open({
  id: Name,
  /** The target of the call, or a control kind. */
  type: Text,
  /** Arguments as they are written: templates of flows §6. */
  with: OpaqueObject,
  /** Of each attempt; 0: none. */
  timeout_ms: Int,
  retry: closed({ max: Int, backoff_ms: Int }),
  /** The id of its policy, only where that is not `constants.policyRef`. */
  policy: v.exactOptional(Text),
});
export type FlowNode = v.InferOutput<typeof NodeSchema>;

export const EdgeSchema = open({
  from: Name,
  to: Name,
  on: v.picklist(["success", "failure"], '"success" or "failure"'),
  /** The case of the switch that it leaves. */
  case: v.exactOptional(v.string("a text")),
});
export type FlowEdge = v.InferOutput<typeof EdgeSchema>;

/** The inputs that a flow declares, by name, each with its type as text (flows §9, Inputs). */
export const DeclaredInputsSchema = noList(v.record(v.string(), open({ type: v.string("a text") }), "an object"));
export type DeclaredInputs = v.InferOutput<typeof DeclaredInputsSchema>;

/** A JSON Schema, which describes the inputs in a language of its own. */
export const ForeignInputsSchema = open({ type: v.string("a text") });
export type ForeignInputs = v.InferOutput<typeof ForeignInputsSchema>;

/** A schema whose `type` is itself a text is a foreign one (flows §9, Inputs). */
export function isForeignSchema(schema: unknown): schema is ForeignInputs {
  return typeof schema === "object" && schema !== null && "type" in schema && typeof schema.type === "string";
}

/** Lazy instead of a union, so that every problem is told about what it was meant to be. */
export const InputsSchemaSchema: v.GenericSchema<unknown, DeclaredInputs | ForeignInputs> = v.lazy((schema) =>
  isForeignSchema(schema) ? ForeignInputsSchema : DeclaredInputsSchema,
);
export type InputsSchema = v.InferOutput<typeof InputsSchemaSchema>;

/** Path of a source -> `sha256:` and the digest of its bytes. */
export const SourcesSchema = noList(v.record(v.string(), Digest, "an object"));
export type Sources = v.InferOutput<typeof SourcesSchema>;

/** The version that plumb writes. */
export const IR_VERSION = "1.0.0";
const A_VERSION = `a version as ${IR_VERSION}`;

/** Flow IR 1.0.0 (flows §9). */
export const FlowIrSchema = open({
  version: v.pipe(v.string(A_VERSION), v.regex(/^1\.0\.\d+$/, A_VERSION)),
  flow: closed({ name: Name, timeout_ms: Int }),
  constants: closed({
    policyRef: Text,
    /** The document of policyRef or `{}`, and in `policies` the others by id. */
    policy: open({ policies: v.exactOptional(OpaqueObject) }),
  }),
  inputs_schema: InputsSchemaSchema,
  graph: closed({
    nodes: v.pipe(v.array(NodeSchema, "a list"), v.minLength(1, "a list with at least one node")),
    edges: v.array(EdgeSchema, "a list"),
  }),
  metadata: open({
    generated_at: UtcTime,
    source_file: Text,
    sources: v.exactOptional(SourcesSchema),
  }),
});
export type FlowIr = v.InferOutput<typeof FlowIrSchema>;
