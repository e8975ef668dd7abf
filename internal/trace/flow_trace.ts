import * as v from "valibot";
import { TraceEventSchema } from "./trace_event.ts";

/** `imported`: the flow was recorded under version 1 of the log, or by someone else; it is closed (scenarios §6). */
export const FlowStatusSchema = v.picklist(["open", "failed", "imported"]);
export type FlowStatus = v.InferOutput<typeof FlowStatusSchema>;

/** Why a flow failed. */
export const FlowErrorSchema = v.strictObject({ code: v.string(), message: v.string() });
export type FlowError = v.InferOutput<typeof FlowErrorSchema>;

/** The events of one flow in `seq` order, and how it stands. */
export const FlowTraceSchema = v.strictObject({
  error: v.exactOptional(FlowErrorSchema),
  events: v.array(TraceEventSchema),
  flow_token: v.string(),
  /** How many of the invocations have no completion. */
  pending: v.pipe(v.number(), v.integer(), v.minValue(0)),
  status: FlowStatusSchema,
});
export type FlowTrace = v.InferOutput<typeof FlowTraceSchema>;

/** trace.v1 (scenarios §11): what `plumb trace --format json` prints, flows by their first `seq`. */
export const TraceSchema = v.strictObject({
  flows: v.array(FlowTraceSchema),
  schema: v.literal("trace.v1"),
});
export type Trace = v.InferOutput<typeof TraceSchema>;
