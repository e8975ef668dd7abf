import { isStepEvent, type RunEvent, type StepError, type ValueObject } from "../flow/mod.ts";
import type { Completion, Invocation, TraceEvent } from "../trace/mod.ts";
import { generalIds, isObject, type Json, nearestDoubles } from "../value/mod.ts";

/**
 * The trace of a run (flows §10; scenarios.md §9, values and ids in the general profile): each attempt is an invocation, answered
 * by one completion. Made of the events alone, so that every engine leaves the same kind of trace; what an executor left out is
 * `{}`.
 */
export function runTrace(events: readonly RunEvent[], runId: string): readonly TraceEvent[] {
  const trace: TraceEvent[] = [];
  const open = new Map<string, Invocation>();
  const invoke = (event: Extract<RunEvent, { type: "step" }>, args: ValueObject): Invocation => {
    const seq = trace.length + 1;
    const general = object(args);
    const id = generalIds.invocationId(runId, event.kind, general, seq);
    const invocation: Invocation = { action_uri: event.kind, args: general, id, seq, type: "invocation" };
    trace.push(invocation);
    return invocation;
  };
  for (const event of events) {
    if (!isStepEvent(event)) continue;
    const attempt = `${event.step_id} ${event.attempt}`;
    if (event.state === "started") {
      open.set(attempt, invoke(event, event.args));
      continue;
    }
    const invocation = open.get(attempt) ?? invoke(event, {});
    open.delete(attempt);
    trace.push(completionOf(event, invocation, trace.length + 1));
  }
  return trace;
}

type Ended = Extract<RunEvent, { state: "succeeded" | "failed" }>;

function completionOf(event: Ended, { id: invocation, action_uri }: Invocation, seq: number): Completion {
  const output_case = caseOf(event);
  const result = object(event.state === "succeeded" ? event.result : errorValue(event.error));
  const id = generalIds.completionId(invocation, output_case, result, seq);
  return { action_uri, id, invocation, output_case, result, seq, type: "completion" };
}

function caseOf(event: Ended): string {
  if (event.state === "failed") return "Error";
  const chosen = event.kind === "switch" ? event.result.case : undefined;
  return typeof chosen === "string" ? chosen : "Success";
}

function errorValue({ code, message, data }: StepError): ValueObject {
  return { code, message, data: { ...data } };
}

function object(value: ValueObject | undefined): { [key: string]: Json } {
  const general = nearestDoubles(value ?? {});
  return isObject(general) ? general : {};
}
