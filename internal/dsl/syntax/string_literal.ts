import { type Part, slicePart } from "./part.ts";

/** A quoted text that was read. */
export interface StringLiteral extends Part {
  readonly value: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
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
/** How many hexadecimal digits follow. */
const CODES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * The quoted literal that a part begins with, with the escapes of flows §5; undefined: it begins with none.
 *
 * @example
 * stringLiteral({ text: '"a\\n", "b"', at: 7 }); // { text: '"a\\n"', at: 7, value: "a\n" }
 */
export function stringLiteral(part: Part): StringLiteral | undefined {
  const { text } = part;
  const quote = text.charAt(0);
  if (quote !== '"' && quote !== "'") return undefined;
  let value = "";
  for (let i = 1; i < text.length; ) {
    const character = text.charAt(i);
    if (character === quote) return { ...slicePart(part, 0, i + 1), value };
    const read = character === "\\" ? escapeAt(text, i + 1) : { value: character, length: 0 };
    if (read === undefined) return undefined;
    value += read.value;
    i += 1 + read.length;
  }
  return undefined;
}

/** What stands behind a backslash. */
function escapeAt(text: string, index: number): { readonly value: string; readonly length: number } | undefined {
  const letter = text.charAt(index);
  const simple = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
  if (simple !== undefined) return { value: simple, length: 1 };
  const digits = Object.hasOwn(CODES, letter) ? (CODES[letter] ?? 0) : 0;
  const hex = text.slice(index + 1, index + 1 + digits);
  if (digits === 0 || hex.length < digits || !/^[0-9A-Fa-f]+$/.test(hex)) return undefined;
  const code = Number.parseInt(hex, 16);
  // Half a character is no text: it could not be written as UTF-8.
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return { value: String.fromCodePoint(code), length: 1 + digits };
}
