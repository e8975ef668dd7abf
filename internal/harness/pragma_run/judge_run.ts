import type { ErrorRecord, Finding, Position } from "../../diag/mod.ts";
import { type Difference, diff, type Json } from "../../value/mod.ts";
import type { RuntimeSpec } from "../pragma/mod.ts";

// The judgements of ami-tests §5 over what a run left, each a pure function: findings that fail the case, or none.

/** Holds the error records of a run to `expect_error=` and `msg~=`. `pos` is the pragma's `test:`. */
export function judgeErrors(
  records: readonly ErrorRecord[],
  runtime: RuntimeSpec | undefined,
  pos: Position,
): Finding[] {
  const hard = records.filter(({ level }) => level === "error");
  const expected = runtime?.expectErrors;
  if (expected === undefined) {
    const [first] = hard;
    if (first === undefined) return [];
    return [{ code: first.code, message: first.message, pos, data: first.data, timestamp: first.timestamp }];
  }
  const listed = expected.value;
  const raised = new Set(records.map(({ code }) => code));
  const missing = listed.filter((code) => !raised.has(code));
  const unlisted = [...new Set(hard.map(({ code }) => code))].filter((code) => !listed.includes(code));
  const data = { expected: [...listed], raised: [...raised] };
  if (missing.length === listed.length && hard.length === 0) {
    const message = `expected ${listed.join(", ")}, but the run raised no error`;
    return [{ code: "E_ERROR_MISSING", message, pos: expected.pos, data }];
  }
  if (missing.length > 0 || unlisted.length > 0) {
    const message = `expected ${listed.join(", ")}, but the run raised ${[...raised].join(", ") || "none"}`;
    return [{ code: "E_ERROR_MISMATCH", message, pos: expected.pos, data }];
  }
  const text = runtime?.message;
  if (text === undefined) return [];
  const wanted = text.value.toLowerCase();
  const messages = records.filter(({ code }) => listed.includes(code)).map(({ message }) => message);
  if (messages.some((message) => message.toLowerCase().includes(wanted))) return [];
  const message = `no message of ${listed.join(", ")} contains ${JSON.stringify(text.value)}; found ${messages.map((found) => JSON.stringify(found)).join(", ")}`;
  return [{ code: "E_ERROR_MESSAGE", message, pos: text.pos }];
}

/** One finding per difference between what was expected and what left, all at `pos`. */
export function judgeOutput(expected: Json, actual: Json, pos: Position): Finding[] {
  return mismatches("E_OUTPUT_MISMATCH", "the output", diff(expected, actual), pos);
}

/** Holds a store to `expect=`: each key must have that value; null: absent or null. `peek` reads without counting. */
export function judgeStore(
  expected: { readonly [key: string]: Json },
  ns: string,
  peek: (key: string) => Json | undefined,
  pos: Position,
): Finding[] {
  const wanted: [string, Json][] = [];
  const actual: [string, Json][] = [];
  for (const [key, value] of Object.entries(expected)) {
    const found = peek(key);
    if (found !== undefined) actual.push([key, found]);
    if (value !== null || found !== undefined) wanted.push([key, value]);
  }
  const store = ns === "" ? "the default store" : `store ${ns}`;
  return mismatches("E_KV_MISMATCH", store, diff(Object.fromEntries(wanted), Object.fromEntries(actual)), pos);
}

/** More differences than anybody reads are counted, not told one by one. */
const MAX_DIFFERENCES = 1000;

function mismatches(code: string, what: string, differences: readonly Difference[], pos: Position): Finding[] {
  const findings: Finding[] = differences.slice(0, MAX_DIFFERENCES).map((difference) => ({
    code,
    message: `${what} differs at ${difference.path}: ${describe(difference)}`,
    pos,
    data: { ...difference },
  }));
  const more = differences.length - findings.length;
  return more === 0 ? findings : [...findings, { code, message: `${what} has ${more} more differences`, pos }];
}

const MAX_SHOWN = 80;

function describe(difference: Difference): string {
  switch (difference.kind) {
    case "missing":
      return `expected ${short(difference.expected)}, found nothing`;
    case "unexpected":
      return `found ${short(difference.actual)}, expected nothing`;
    case "changed":
      return `expected ${short(difference.expected)}, found ${short(difference.actual)}`;
    case "reordered":
      return "the same elements in another order";
  }
}

function short(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
