import { ExpressionSyntaxError } from "./syntax_error.ts";

const SIMPLE: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  "0": "\0",
};

/** How many hexadecimal digits follow the letter. */
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Reads the STRING whose opening quote stands at `start` (flows §5): its value, and the UTF-16 index behind its closing
 * quote.
 *
 * @throws ExpressionSyntaxError for one that is not closed, for an unknown escape and for one that says no character, as half
 *   of a surrogate pair
 */
export function readText(text: string, start: number): { readonly value: string; readonly end: number } {
  const quote = text.charAt(start);
  let value = "";
  let at = start + 1;
  for (;;) {
    const from = at;
    while (at < text.length && text[at] !== quote && text[at] !== "\\") at += 1;
    value += text.slice(from, at);
    if (at >= text.length) throw new ExpressionSyntaxError("the text is not closed", text, start);
    if (text[at] === quote) break;
    const escaped = readEscape(text, at);
    value += escaped.value;
    at = escaped.end;
  }
  return { value, end: at + 1 };
}

function readEscape(text: string, at: number): { readonly value: string; readonly end: number } {
  const letter = text.charAt(at + 1);
  const simple = Object.hasOwn(SIMPLE, letter) ? SIMPLE[letter] : undefined;
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const length = Object.hasOwn(HEX_DIGITS, letter) ? HEX_DIGITS[letter] : undefined;
  if (length === undefined) {
    throw new ExpressionSyntaxError(`'\\${letter}' is no escape; a backslash itself is '\\\\'`, text, at);
  }
  const digits = text.slice(at + 2, at + 2 + length);
  const point = new RegExp(`^[0-9A-Fa-f]{${length}}$`).test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  const isCharacter = point <= 0xd7ff || (point >= 0xe000 && point <= 0x10ffff);
  if (!isCharacter) {
    throw new ExpressionSyntaxError(`'\\${letter}' needs the ${length} digits of a character`, text, at);
  }
  return { value: String.fromCodePoint(point), end: at + 2 + length };
}
