import type { LoggedCompletion } from "../../store/mod.ts";

/** Which list a step stands in. */
export type StepKind = "setup" | "flow";

/** The lines of `-v` and of `run`'s `logger` (scenarios.md §7, Running): one a step, one a firing. */
export function completedLine(
  kind: StepKind,
  number: number,
  { id, invocation, output_case }: LoggedCompletion,
): string {
  return `${kind} step completed step=${number} action=${invocation.action_uri} invocation_id=${invocation.id} completion_id=${id} output_case=${output_case}`;
}

/** A step that was refused, or whose flow failed, completes nothing that could be told. */
export function failedLine(
  kind: StepKind,
  number: number,
  verb: "refused" | "failed",
  {
    action,
    code,
    invocationId,
  }: { readonly action: string; readonly code: string; readonly invocationId?: string | undefined },
): string {
  const invocation = invocationId === undefined ? "" : ` invocation_id=${invocationId}`;
  return `${kind} step ${verb} step=${number} action=${action}${invocation} code=${code}`;
}

/** A step that ran a flow. */
export function flowLine(number: number, flow: string, status: string | undefined): string {
  return `flow step ${status === undefined ? "refused" : "completed"} step=${number} run=${flow}${status === undefined ? "" : ` status=${status}`}`;
}

export function firedLine(sync: string, completionId: string, invocationId: string): string {
  return `sync fired sync=${sync} completion_id=${completionId} invocation_id=${invocationId}`;
}
