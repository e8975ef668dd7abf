import * as v from "valibot";
import { described, NameSchema, TextSchema } from "../../yaml/mod.ts";
import { ActionSchema, IntSchema, ValuesSchema } from "./step_schema.ts";

// Assertions as editors check them (scenarios.md §8).

const args = v.exactOptional(described(ValuesSchema, "Args that the invocation has, as a subset."));
const result = v.exactOptional(described(ValuesSchema, "What its completion's result has, as a subset."));
const caseName = described(TextSchema, "The case that it ended with.");

export const TraceContainsSchema = v.strictObject({
  type: described(v.literal("trace_contains"), "Some invocation matches."),
  action: ActionSchema,
  args,
  case: v.exactOptional(caseName),
  result,
  cause: v.exactOptional(described(TextSchema, "The sync that caused it.")),
});

export const TraceOrderSchema = v.strictObject({
  type: described(v.literal("trace_order"), "Invocations of these actions occur in this order; gaps are allowed."),
  actions: v.pipe(v.array(ActionSchema), v.nonEmpty()),
});

export const TraceCountSchema = v.strictObject({
  type: described(v.literal("trace_count"), "Exactly so many invocations match."),
  action: ActionSchema,
  count: IntSchema,
  args,
  case: v.exactOptional(caseName),
});

export const TraceNeverSchema = v.strictObject({
  type: described(v.literal("trace_never"), "No invocation matches."),
  action: ActionSchema,
  args,
  case: v.exactOptional(caseName),
});

export const CompletionSchema = v.strictObject({
  type: described(v.literal("completion"), "Some completion of the action has that case and that result."),
  action: ActionSchema,
  case: caseName,
  result,
  args,
  exact: v.exactOptional(described(v.boolean(), "true: the result must be equal.")),
});

export const ProvenanceSchema = v.strictObject({
  type: described(v.literal("provenance"), "A completion of one action caused, by a sync, an invocation of another."),
  from: ActionSchema,
  via: described(TextSchema, "The sync."),
  to: ActionSchema,
  bindings: v.exactOptional(described(ValuesSchema, "What it bound, as a subset.")),
});

export const FinalStateSchema = v.strictObject({
  type: described(v.literal("final_state"), "What a table holds at the end. It has one of expect, rows, absent."),
  table: described(NameSchema, "A table of a concept, or of the event log."),
  where: v.exactOptional(described(ValuesSchema, "Which rows: columns and their values.")),
  expect: v.exactOptional(described(ValuesSchema, "There is exactly one such row, and it has these values.")),
  rows: v.exactOptional(
    described(
      v.union([IntSchema, v.array(ValuesSchema)]),
      "How many such rows there are, or all of them in key order.",
    ),
  ),
  absent: v.exactOptional(described(v.literal(true), "There is no such row.")),
});

export const AssertionSchema = v.union([
  TraceContainsSchema,
  TraceOrderSchema,
  TraceCountSchema,
  TraceNeverSchema,
  CompletionSchema,
  ProvenanceSchema,
  FinalStateSchema,
]);
