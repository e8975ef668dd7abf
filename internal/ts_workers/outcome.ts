import { faultOf, type Outcome, Refusal, refuse } from "../user_modules/mod.ts";
import type { Json } from "../value/mod.ts";
import { ENDING } from "./call_endings.ts";
import { checkPayload } from "./payload_check.ts";
import { WORKER_MODULES } from "./worker_modules.ts";

/** What a worker is given: a copy of the event that is its own. */
export interface CallEvent {
  readonly id: string;
  payload: unknown;
  /** The pipeline's milliseconds of entry. */
  readonly time: number;
  readonly attempt: number;
  readonly trace: Json;
}

const SAME: Outcome = { kind: ENDING.same, text: "" };
const SILENCE: Outcome = { kind: ENDING.silence, text: "" };

/** What a result means (pipelines §4). `payload` is the text of the payload that the event came with. */
export function outcomeOf(result: unknown, event: CallEvent, payload: string): Outcome {
  if (result === undefined || result === null) return SILENCE;
  if (result instanceof Refusal) return faultOf(result, WORKER_MODULES.codes.failed);
  if (isPromise(result)) refuse("E_WORKER_ASYNC", "the worker returned a promise; workers are called synchronously");
  const value = result === event ? event.payload : result;
  const text = JSON.stringify(
    checkPayload(value, result === event ? "the event's payload" : "what the worker returned"),
  );
  return text === payload ? SAME : { kind: ENDING.payload, text };
}

function isPromise(value: unknown): boolean {
  if (!(value instanceof Promise))
    return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
  // It is not waited for: nobody shall be told that nobody caught it.
  value.catch(() => undefined);
  return true;
}
