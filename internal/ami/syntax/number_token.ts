import { readDuration } from "./duration_token.ts";
import type { ReadToken } from "./token.ts";
import { digitsEnd, isNameStart, nameEnd } from "./word_characters.ts";

const DOT = 0x2e;

const BASES: Readonly<Record<string, RegExp>> = {
  "0x": /^[0-9a-fA-F]+$/,
  "0b": /^[01]+$/,
  "0o": /^[0-7]+$/,
};

/** 2^53, above which integers are not exact (pipelines §1). */
const LARGEST = 2 ** 53;

/** Reads the number or duration whose first digit stands at `start`. */
export function readNumber(text: string, start: number): ReadToken {
  const base = BASES[text.slice(start, start + 2)];
  if (base !== undefined) return basedNumber(text, start, base);
  const whole = digitsEnd(text, start);
  const fraction = text.charCodeAt(whole) === DOT ? digitsEnd(text, whole + 1) : whole;
  // The dot of `5.name` belongs to what follows.
  const mantissa = fraction > whole + 1 ? fraction : whole;
  const end = exponentEnd(text, mantissa);
  if (end === mantissa && isNameStart(text, end)) return readDuration(text, start);
  return decimalNumber(text, start, end);
}

function basedNumber(text: string, start: number, base: RegExp): ReadToken {
  const end = nameEnd(text, start);
  if (!base.test(text.slice(start + 2, end))) return { kind: "bad", flaw: undefined, start, end };
  const value = Number(text.slice(start, end));
  // At 2^53 itself the double may have been rounded down.
  if (value > LARGEST || (value === LARGEST && BigInt(text.slice(start, end)) > LARGEST)) return tooLarge(start, end);
  return { kind: "number", value, start, end };
}

function decimalNumber(text: string, start: number, end: number): ReadToken {
  const wordEnd = nameEnd(text, end);
  if (wordEnd > end) return { kind: "bad", flaw: undefined, start, end: wordEnd };
  const literal = text.slice(start, end);
  const value = Number(literal);
  if (value > LARGEST || (value === LARGEST && isAboveLargest(literal))) return tooLarge(start, end);
  return { kind: "number", value, start, end };
}

function tooLarge(start: number, end: number): ReadToken {
  return { kind: "bad", flaw: "number above 2^53", start, end };
}

/** Whether a literal whose double is 2^53 was rounded down to it. */
function isAboveLargest(literal: string): boolean {
  const mantissa = literal
    .replace(/[eE].*$/, "")
    .replace(".", "")
    .replace(/^0+/, "");
  // All digits from the first that is not 0: since the double is 2^53, its sixteen stand before the point.
  return mantissa.padEnd(16, "0").replace(/^(.{16})0+$/, "$1") > String(LARGEST);
}

/** After the exponent at `index`; `index` itself if there is none. */
function exponentEnd(text: string, index: number): number {
  if (!/[eE]/.test(text.charAt(index))) return index;
  const digits = /[-+]/.test(text.charAt(index + 1)) ? index + 2 : index + 1;
  const end = digitsEnd(text, digits);
  return end > digits ? end : index;
}
