/** What the caller sends. */
export const TO_THREAD = {
  /** Forget all modules: what is bound from now on is evaluated anew. Answered by `done`. */
  renew: 1,
  /** The export `text` = [path, name, shown] gets the number `arg`. Answered by `done` or `fault`. */
  bind: 2,
  /** Call number `arg`; `text` is the payload, `split` characters, then [id, time, attempt, trace, now]. */
  call: 3,
  /** The answer to a question, as JSON; empty for undefined. */
  answer: 4,
} as const;

/** What the thread sends; every letter but the questions ends what was asked of it. */
export const FROM_THREAD = {
  done: 1,
  /** The event, with the payload that it came with. */
  same: 2,
  /** The event, with the payload `text`. */
  payload: 3,
  silence: 4,
  /** `text` = [code, message] */
  fault: 5,
  /** A question to the call's context: `text` = [operation, …arguments]. Waits for an answer. */
  question: 6,
  /** Printed `text`; `arg` is 1 for stdout, 2 for stderr. Waits for an answer. */
  print: 7,
} as const;

/** A message between the two threads. */
export interface Letter {
  readonly kind: number;
  readonly arg: number;
  readonly split: number;
  readonly text: string;
}
