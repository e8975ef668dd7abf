import * as v from "valibot";

// What a scripted mock can be told to do (flows §18). A message of a schema's reason says what was expected.

/** Milliseconds that a timer takes. */
const MAX_MS = 2 ** 31 - 1;

function count(from: number, to: number) {
  const expected = `a whole number from ${from} to ${to}`;
  return v.pipe(v.number(expected), v.integer(expected), v.minValue(from, expected), v.maxValue(to, expected));
}

/** Of an action that says everything with its name. */
const Mark = v.union([v.null(), v.literal(true), v.strictObject({})], "nothing");

const A_TEXT = "a text of at least one character";
const Filled = v.pipe(v.string(A_TEXT), v.nonEmpty(A_TEXT));
const BYTES = "bytes as pairs of hex digits";
const A_SIGNAL = "the name of a signal, such as SIGKILL";

/** Each action with what stands behind its key. */
export const ACTIONS = {
  /** Replies with this result. */
  result: v.unknown(),
  /** Replies with this error. */
  error: v.strictObject({
    code: v.pipe(v.number("a whole number"), v.safeInteger("a whole number")),
    message: v.exactOptional(v.string("a text")),
    data: v.exactOptional(v.unknown()),
  }),
  /** Does what the mock does without a script. */
  default: Mark,
  /** Writes a text as it is; `$id` in it becomes the id of the request. */
  raw: v.string("a text"),
  /** Writes bytes. */
  hex: v.pipe(v.string(BYTES), v.regex(/^(?:\s*[0-9A-Fa-f]{2})*\s*$/, BYTES)),
  /** Replies with a result nested so deep. */
  nest: count(1, 10_000_000),
  /** Writes a text again and again, until there are so many bytes. */
  flood: v.strictObject({ text: Filled, bytes: count(1, 2 ** 40) }),
  /** From now on no write has more bytes than this. */
  chunk: count(1, 1 << 30),
  /** Writes the last reply so many times more. */
  repeat: count(1, 1_000_000),
  sleep_ms: count(0, MAX_MS),
  /** Writes lines on stderr. */
  stderr: v.strictObject({ text: v.string("a text"), times: v.exactOptional(count(1, 100_000_000)) }),
  close: v.picklist(["stdout", "stdin"], "stdout or stdin"),
  /** Starts a process that holds stdout open for so many milliseconds. */
  fork_ms: count(0, MAX_MS),
  exit: count(0, 255),
  /** Ends by a signal. */
  signal: v.pipe(v.string(A_SIGNAL), v.regex(/^SIG[A-Z0-9]+$/, A_SIGNAL)),
  /** Does nothing. */
  ignore: Mark,
} as const;

export type ActionName = keyof typeof ACTIONS;

/** An action: its name and what stands behind it. */
export type Action = {
  [Name in ActionName]: { readonly name: Name; readonly value: v.InferOutput<(typeof ACTIONS)[Name]> };
}[ActionName];
