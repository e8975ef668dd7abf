import type { Json } from "../value/mod.ts";
import { FROM_THREAD } from "./letters.ts";
import { checkPayload } from "./payload_check.ts";
import { Refusal, refuse } from "./refusal.ts";

/** How a call ended, as it is sent. */
export interface Outcome {
  readonly kind: number;
  readonly text: string;
}

/** What a worker is given: a copy of the event that is its own. */
export interface CallEvent {
  readonly id: string;
  payload: unknown;
  /** The pipeline's milliseconds of entry. */
  readonly time: number;
  readonly attempt: number;
  readonly trace: Json;
}

/** Codes and messages are cut to so many UTF-16 units: a message may hold anything. */
const LONGEST = 4_096;

const SAME: Outcome = { kind: FROM_THREAD.same, text: "" };
const SILENCE: Outcome = { kind: FROM_THREAD.silence, text: "" };

/** What a result means (pipelines §4). `payload` is the text of the payload that the event came with. */
export function outcomeOf(result: unknown, event: CallEvent, payload: string): Outcome {
  if (result === undefined || result === null) return SILENCE;
  if (result instanceof Refusal) return faultOf(result);
  if (isPromise(result)) refuse("E_WORKER_ASYNC", "the worker returned a promise; workers are called synchronously");
  const value = result === event ? event.payload : result;
  const text = JSON.stringify(
    checkPayload(value, result === event ? "the event's payload" : "what the worker returned"),
  );
  return text === payload ? SAME : { kind: FROM_THREAD.payload, text };
}

/** What was thrown. `code`: of what is no {@link Refusal}. */
export function faultOf(thrown: unknown, code = "E_WORKER_PANIC", prefix = ""): Outcome {
  const [known, message] = thrown instanceof Refusal ? [thrown.code, thrown.message] : [code, messageOf(thrown)];
  return { kind: FROM_THREAD.fault, text: JSON.stringify([cut(known), cut(`${prefix}${message}`)]) };
}

/** The message of whatever was thrown; it may be anything, and throw itself. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message || thrown.name) : String(thrown);
  } catch {
    return "a value without a text was thrown";
  }
}

function cut(text: string): string {
  return (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).toWellFormed();
}

function isPromise(value: unknown): boolean {
  if (!(value instanceof Promise))
    return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
  // It is not waited for: nobody shall be told that nobody caught it.
  value.catch(() => undefined);
  return true;
}
