import { canonical, type Json, ValueError } from "../../value/mod.ts";
import { type Builtin, fixed } from "./builtin.ts";
import { textArg, wholeArg } from "./builtin_args.ts";
import { fail, wrongType } from "./worker_failure.ts";
import type { Run } from "./worker_run.ts";
import { checkText, checkUnits } from "./worker_text.ts";
import { ErrorValue, isJson, typeName, type Value } from "./worker_value.ts";

export const VALUE_BUILTINS: readonly Builtin[] = [
  fixed("str(x)", str),
  fixed("num(s)", (run, s) => num(run, textArg("num", s))),
  fixed("typeof(x)", (_, x) => typeName(x)),
  fixed("error(code, msg)", error, { min: 1 }),
  fixed("now()", (run) => run.context.now()),
  fixed("iso(ms)", (_, ms) => iso(wholeArg("iso", ms))),
];

/** A JSON number (RFC 8259). */
const NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** The times that RFC 3339 can write: years 0000 to 9999. */
const FIRST_MS = Date.parse("0000-01-01T00:00:00.000Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** A string as it is, else canonical JSON. */
function str(run: Run, value: Value): string {
  if (typeof value === "string") return value;
  // Canonical JSON writes numbers as JavaScript does.
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (!isJson(value)) return wrongType("str takes a value that JSON can hold", value);
  if (typeof value === "object" && value !== null) {
    const { parts, characters } = run.weights.ofChanging(value);
    run.workOnEntries(parts);
    run.scan(characters);
    // Each of them is a character of the text at least.
    checkUnits(parts + characters);
  }
  return checkText(run, canonicalText(value));
}

function canonicalText(value: Json): string {
  try {
    return canonical(value);
  } catch (error) {
    // Events from the API may hold NaN.
    if (error instanceof ValueError) return fail("E_WORKER_ARG", `str: ${error.message}`);
    throw error;
  }
}

function num(run: Run, text: string): number {
  run.scan(text.length);
  const number = NUMBER.test(text) ? Number(text) + 0 : Number.NaN;
  return Number.isFinite(number) ? number : fail("E_WORKER_ARG", "num takes the text of a JSON number");
}

/** `error("msg")` has the code E_WORKER. */
function error(_run: Run, first: Value, second: Value | undefined): ErrorValue {
  if (second === undefined) return new ErrorValue("E_WORKER", textArg("error", first));
  const code = textArg("error", first);
  if (code === "") fail("E_WORKER_ARG", "error takes a code that is not empty");
  return new ErrorValue(code, textArg("error", second));
}

function iso(ms: number): string {
  if (ms < FIRST_MS || ms > LAST_MS) fail("E_WORKER_ARG", `iso takes a time of the years 0 to 9999, got ${ms} ms`);
  return new Date(ms).toISOString();
}
