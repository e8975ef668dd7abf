import type { Completion } from "../trace/mod.ts";
import type { LoggedCompletion } from "./rows.ts";

/** A completion as the trace tells of it: that it was stubbed it does not. */
export function completionEvent({ id, invocation, output_case, result, seq, assumed }: LoggedCompletion): Completion {
  const { id: of, action_uri } = invocation;
  const event = { action_uri, id, invocation: of, output_case, result, seq, type: "completion" } as const;
  return assumed === 1 ? { ...event, assumed: true } : event;
}
