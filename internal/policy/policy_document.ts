import * as v from "valibot";
import { isObject, type Json } from "../value/mod.ts";

const Scalar = v.union([v.string(), v.number(), v.boolean(), v.null()]);
/** Any JSON value: who reads a document has checked that it is JSON. */
const JsonValue = v.custom<Json>(() => true);
// Not v.record, which drops members named like those that every object has (`constructor`).
const JsonObject = v.custom<{ [key: string]: Json }>((value) => isObject(value as Json), "expected a mapping");
const Arms = v.pipe(
  JsonObject,
  v.check((arms) => Object.values(arms).every(isObject), "expected a mapping of arms, each a mapping of fields"),
);

const place = {
  line: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  column: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  filename: v.optional(v.string()),
};

const AssignmentSchema = v.object({
  type: v.literal("assignment"),
  target: v.pipe(v.string(), v.nonEmpty()),
  expression: JsonValue,
  ...place,
});

const OptionSchema = v.object({
  expression: JsonValue,
  probability: v.nullish(JsonValue),
  ...place,
});

const ChooseSchema = v.object({ type: v.literal("choose"), options: v.array(OptionSchema), ...place });

type Place = { readonly line: number; readonly column: number; readonly filename?: string | undefined };

export type PolicyAssignment = v.InferOutput<typeof AssignmentSchema>;
export type PolicyOption = v.InferOutput<typeof OptionSchema>;
export type PolicyChoose = v.InferOutput<typeof ChooseSchema>;
export type PolicyIf = Place & {
  readonly type: "if";
  readonly condition: Json;
  readonly then: readonly PolicyStatement[];
  readonly else: readonly PolicyStatement[] | null;
};
export type PolicyStatement = PolicyAssignment | PolicyIf | PolicyChoose;

// A type that contains itself cannot be inferred.
const IfSchema: v.GenericSchema<unknown, PolicyIf> = v.object({
  type: v.literal("if"),
  condition: JsonValue,
  // biome-ignore lint/suspicious/noThenProperty: the document format calls it so
  then: v.array(v.lazy(() => StatementSchema)),
  else: v.optional(v.nullable(v.array(v.lazy(() => StatementSchema))), null),
  ...place,
});

/** By its `type`, because a union would try one after the other: what starts up should not do in vain. */
const StatementSchema: v.GenericSchema<unknown, PolicyStatement> = v.lazy((statement) => {
  const type = typeof statement === "object" && statement !== null && "type" in statement ? statement.type : undefined;
  if (type === "if") return IfSchema;
  return type === "choose" ? ChooseSchema : AssignmentSchema;
});

/** What an evaluation needs of a policy document (flows §3). Members that it does not know are ignored. */
export const PolicyDocumentSchema = v.object({
  policy: v.object({
    id: v.string(),
    params: v.object({
      arms: Arms,
      epsilon: v.nullish(Scalar),
      evaluate: v.array(StatementSchema),
      emit: JsonObject,
    }),
    metadata: v.optional(v.object({ dsl: v.optional(v.object({ source: v.optional(v.string()) })) })),
  }),
});
export type PolicyDocument = v.InferOutput<typeof PolicyDocumentSchema>;
