import { Refusal, refuse } from "../user_modules/mod.ts";

/** What `ctx.error` makes: returned or thrown, it sends the event to the error pipeline. */
export class CallError extends Refusal {
  override readonly name = "WorkerError";
}

/** `ctx.error(code, message)`; as in .ami, `ctx.error(message)` has the code E_WORKER. */
export function callError(first: string, second?: string): CallError {
  if (second === undefined) return new CallError("E_WORKER", text(first));
  if (text(first) === "") refuse("E_WORKER_ARG", "ctx.error takes a code that is not empty");
  return new CallError(first, text(second));
}

function text(value: unknown): string {
  return typeof value === "string" ? value : refuse("E_WORKER_TYPE", `ctx.error takes strings, got ${typeof value}`);
}
