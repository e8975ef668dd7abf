import type { FlowStatus } from "./flow_trace.ts";
import type { TraceEvent } from "./trace_event.ts";

/** A column of the log that no comparison of traces looks at, and why. */
export interface Exclusion {
  /** `table.column` of the event log (scenarios §6). */
  readonly column: string;
  /** Left out for imported flows only; all others compare it. */
  readonly of?: "imported";
  readonly reason: string;
}

/**
 * Every field that comparisons (golden files, replay) leave out (DESIGN, three ideas; scenarios §11, replay). What is
 * not here is compared exactly; a test holds this table against the columns of the log.
 */
export const EXCLUSIONS: readonly Exclusion[] = [
  { column: "invocations.at_ms", reason: "wall time of a durable log; it is input of a replay, not its outcome" },
  { column: "invocations.request_key", reason: "chosen by the caller to make a retry safe; it changes no behaviour" },
  { column: "invocations.spec_hash", reason: "other spec bytes may behave the same; they are W_SPEC_CHANGED instead" },
  { column: "invocations.engine_version", reason: "another version of plumb has to behave the same" },
  { column: "invocations.ir_version", reason: "names the form of the record, not what happened" },
  { column: "invocations.security_context", reason: "always empty: plumb has no users or permissions" },
  { column: "completions.security_context", reason: "always empty: plumb has no users or permissions" },
  { column: "completions.evaluated", reason: "how far the engine had come; what it did then is compared as firings" },
  { column: "sync_firings.id", reason: "a row number; firings are compared in the order of their invocations" },
  { column: "sync_firings.seq", reason: "the tick of the firing's invocation, which is compared" },
  { column: "sync_firings.binding_hash", reason: "the hash of the bindings, which are compared themselves" },
  { column: "provenance_edges.id", reason: "a row number; edges are compared as the causes of invocations" },
  {
    column: "provenance_edges.sync_firing_id",
    reason: "a row number that stands for the firing, compared as the cause",
  },
  { column: "flows.status", of: "imported", reason: "a version 1 log does not say how its flows ended" },
  { column: "sync_firings.bindings", of: "imported", reason: "a version 1 log does not have them" },
];

/** The event as comparisons see it in a flow of that status. */
export function comparable(event: TraceEvent, status: FlowStatus): TraceEvent {
  if (status !== "imported" || event.type === "completion" || event.cause === undefined) return event;
  const { completion, sync } = event.cause;
  return { ...event, cause: { completion, sync } };
}
