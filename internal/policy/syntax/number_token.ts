import { ExpressionSyntaxError } from "./syntax_error.ts";

/** The digits of each base, `_` only between two of them. */
const BASED = /0(?:x[0-9a-f]+(?:_[0-9a-f]+)*|o[0-7]+(?:_[0-7]+)*|b[01]+(?:_[01]+)*)/iy;
const DIGITS = "[0-9]+(?:_[0-9]+)*";
const DECIMAL = new RegExp(`(?:${DIGITS}(?:\\.(?:${DIGITS})?)?|\\.${DIGITS})(?:[eE][+-]?${DIGITS})?`, "y");
const WORD_PART = /[\p{ID_Continue}.]/uy;

/**
 * Reads the NUMBER at `start` (flows §5): a double, and the UTF-16 index behind it.
 *
 * @throws ExpressionSyntaxError for leading zeros, for letters that follow at once (`1j`), and for one beyond all doubles
 */
export function readNumber(text: string, start: number): { readonly value: number; readonly end: number } {
  const digits = match(BASED, text, start) ?? match(DECIMAL, text, start) ?? "";
  const end = start + digits.length;
  if (/^0[0-9_]/.test(digits)) throw new ExpressionSyntaxError("a number has no leading zeros", text, start);
  if (digits === "" || match(WORD_PART, text, end) !== undefined) {
    throw new ExpressionSyntaxError("this is no number of the language", text, digits === "" ? start : end);
  }
  const value = Number(digits.replaceAll("_", ""));
  if (!Number.isFinite(value)) throw new ExpressionSyntaxError("the number is too large for a double", text, start);
  return { value, end };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
