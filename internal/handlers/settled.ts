import { FROM_THREAD, faultOf, type Outcome } from "../user_modules/mod.ts";
import { HANDLER_MODULES } from "./handler_kind.ts";
import { sendValue } from "./send_value.ts";

/** How a handler ended. */
export type Settled = { readonly answer: unknown } | { readonly thrown: unknown };

/** A call that ended with an answer: it is the text. */
export const ANSWERED = FROM_THREAD.own;

/** Values that an answer may have inside. */
const MOST_VALUES = 1 << 20;

export function outcomeOf(settled: Settled): Outcome {
  const { failed } = HANDLER_MODULES.codes;
  if ("thrown" in settled) return faultOf(settled.thrown, failed);
  try {
    return { kind: ANSWERED, text: sendValue(settled.answer, MOST_VALUES) };
  } catch (error) {
    return faultOf(error, failed, "what the handler returned cannot be taken: ");
  }
}

/** Says nothing of how long it took: equal runs have equal logs. */
export function timeout(limitMs: number): Outcome {
  return faultOf(new Error(`the handler took longer than its limit of ${limitMs} ms`), "E_ACTION_TIMEOUT");
}
