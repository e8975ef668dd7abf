import { drainMicrotasks } from "bun:jsc";
import { faultOf, type Perform } from "../user_modules/mod.ts";
import type { Json } from "../value/mod.ts";
import { CallContext } from "./call_context.ts";
import type { Ask } from "./call_state.ts";
import { type CallEvent, outcomeOf } from "./outcome.ts";
import { WORKER_MODULES } from "./worker_modules.ts";

/** What follows the payload in the text of a call. */
export type Rest = readonly [id: string, time: number, attempt: number, trace: Json, now: number];

/** What an event has besides its payload. Read-only, so that a worker that tries to change one hears of it. */
const FIXED = ["id", "time", "attempt", "trace"] as const;

/**
 * Calls workers with copies: `text` is the payload, `split` characters, then {@link Rest}. What a worker leaves to promises is run
 * before its call ends, so that nobody can tell when it ran.
 */
export function performCalls(ask: Ask): Perform {
  return (worker, { split, text }) => {
    const payload = text.slice(0, split);
    const [id, time, attempt, trace, now]: Rest = JSON.parse(text.slice(split));
    const event: CallEvent = { id, payload: JSON.parse(payload), time, attempt, trace };
    for (const key of FIXED) Object.defineProperty(event, key, { writable: false, configurable: false });
    const context = new CallContext(now, ask);
    try {
      return outcomeOf(worker(event, context), event, payload);
    } catch (error) {
      return faultOf(error, WORKER_MODULES.codes.failed);
    } finally {
      context.end();
      drainMicrotasks();
    }
  };
}
