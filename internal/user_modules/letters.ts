/** What the caller sends. */
export const TO_THREAD = {
  /** Forget all modules: what is bound from now on is evaluated anew. Answered by `done`. */
  renew: 1,
  /** The export `text` = [path, name, shown] gets the number `arg`. Answered by `done` or `fault`. */
  bind: 2,
  /** Call number `arg`; what `text` and `split` are is for the kind of modules to say. */
  call: 3,
  /** The answer to a question. */
  answer: 4,
} as const;

/** What the thread sends; every letter but the questions ends what was asked of it. */
export const FROM_THREAD = {
  done: 1,
  /** `text` = [code, message] */
  fault: 2,
  /** A question to whoever called: `text` is for the kind of modules to say. Waits for an answer. */
  question: 3,
  /** Printed `text`; `arg` is 1 for stdout, 2 for stderr. Waits for an answer. */
  print: 4,
  /** From here on each kind of modules has its own ways to end a call. */
  own: 16,
} as const;

/** A message between the two threads. */
export interface Letter {
  readonly kind: number;
  readonly arg: number;
  readonly split: number;
  readonly text: string;
}
