import * as v from "valibot";
import type { Value } from "../value/mod.ts";

/** A tick of the logical clock: 1 is the first event of a log (scenarios §5). */
const SeqSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** 64 lower-case hex digits (scenarios §1, Ids). */
const IdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/**
 * A value of either profile: strict in the log of concepts, general in the trace of a flow. It was read or checked by
 * internal/value, which knows more rules than a schema can say; so the schema lets everything pass, under its type.
 */
const ValueSchema = v.unknown() as unknown as v.GenericSchema<Value>;
const ObjectSchema = v.record(v.string(), ValueSchema);

/** The firing that made an invocation. A log of version 1 has no `bindings`. */
export const CauseSchema = v.strictObject({
  bindings: v.exactOptional(ObjectSchema),
  /** The id of the completion that triggered it. */
  completion: IdSchema,
  /** The name of the sync, without the `#k` of its further `then` items. */
  sync: v.pipe(v.string(), v.nonEmpty()),
});
export type Cause = v.InferOutput<typeof CauseSchema>;

/** An action was asked for (scenarios §9). Without a cause it is a root. */
export const InvocationSchema = v.strictObject({
  action_uri: v.string(),
  args: ObjectSchema,
  cause: v.exactOptional(CauseSchema),
  id: IdSchema,
  seq: SeqSchema,
  type: v.literal("invocation"),
});
export type Invocation = v.InferOutput<typeof InvocationSchema>;

/** What came of an invocation (scenarios §9). */
export const CompletionSchema = v.strictObject({
  action_uri: v.string(),
  /** No body ran: the completion is what the step expected (scenarios §3). */
  assumed: v.exactOptional(v.literal(true)),
  id: IdSchema,
  /** The id of the invocation. */
  invocation: IdSchema,
  output_case: v.string(),
  result: ValueSchema,
  seq: SeqSchema,
  type: v.literal("completion"),
});
export type Completion = v.InferOutput<typeof CompletionSchema>;

/** One event of a trace. The keys of both kinds stand in canonical order. */
export const TraceEventSchema = v.variant("type", [InvocationSchema, CompletionSchema]);
export type TraceEvent = v.InferOutput<typeof TraceEventSchema>;
