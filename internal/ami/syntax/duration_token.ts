import type { ReadToken } from "./token.ts";
import { digitsEnd, isDigit, nameEnd } from "./word_characters.ts";

const DOT = 0x2e;

/** Nanoseconds of each unit (pipelines §1). */
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ["h", 3_600_000_000_000n],
  ["m", 60_000_000_000n],
  ["s", 1_000_000_000n],
  ["ms", 1_000_000n],
  ["us", 1_000n],
  ["ns", 1n],
]);

/** Durations are added up exactly: in nanoseconds of this many decimal places. Nobody writes more of them. */
const PLACES = 30;
const SCALE = 10n ** BigInt(PLACES);
const MILLISECOND = 1_000_000n * SCALE;

/** No part of a sensible duration has more digits before its point; 2^53 ms are fewer nanoseconds. */
const MOST_DIGITS = 24;
const LONGEST = BigInt(2 ** 53) * MILLISECOND;

/** Reads the parts, each a decimal and a unit, of the duration whose first digit stands at `start`. */
export function readDuration(text: string, start: number): ReadToken {
  let total: bigint | undefined = 0n;
  let index = start;
  while (isDigit(text.charCodeAt(index))) {
    const whole = digitsEnd(text, index);
    const number = text.charCodeAt(whole) === DOT ? digitsEnd(text, whole + 1) : whole;
    const unit = unitAt(text, number);
    if (unit === undefined || number === whole + 1) {
      return { kind: "bad", flaw: undefined, start, end: nameEnd(text, number) };
    }
    const part = scaled(text.slice(index, whole), text.slice(whole + 1, number));
    const scale = UNITS.get(unit);
    total = total === undefined || part === undefined || scale === undefined ? undefined : total + part * scale;
    index = number + unit.length;
  }
  const wordEnd = nameEnd(text, index);
  if (wordEnd > index) return { kind: "bad", flaw: undefined, start, end: wordEnd };
  return { kind: "duration", ...inMilliseconds(total), start, end: index };
}

/** The unit at `index`; the longest, so that `ms` is not minutes. */
function unitAt(text: string, index: number): string | undefined {
  const two = text.slice(index, index + 2);
  if (UNITS.has(two)) return two;
  const one = text.slice(index, index + 1);
  return UNITS.has(one) ? one : undefined;
}

/** `whole.fraction` times 10^PLACES; undefined if it has more digits than are counted. */
function scaled(whole: string, fraction: string): bigint | undefined {
  const before = whole.replace(/^0+/, "");
  const after = withoutLastZeros(fraction);
  if (before.length > MOST_DIGITS || after.length > PLACES) return undefined;
  return BigInt(before) * SCALE + BigInt(after.padEnd(PLACES, "0"));
}

function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === "0") end -= 1;
  return digits.slice(0, end);
}

function inMilliseconds(total: bigint | undefined): { ms: number; flaw: string | undefined } {
  if (total === undefined) return { ms: 0, flaw: "has too many digits" };
  const rest = total % MILLISECOND;
  const ms = Number(total / MILLISECOND) + Number(rest) / Number(MILLISECOND);
  if (total > LONGEST) return { ms, flaw: "is longer than 2^53 milliseconds" };
  return { ms, flaw: rest === 0n ? undefined : "is not a whole number of milliseconds" };
}
