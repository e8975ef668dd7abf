/** A text in quotes as it was read. */
export interface Quoted {
  readonly text: string;
  /** After the closing quote. */
  readonly end: number;
  /** The first character of an escape that does not fit. The text is then of no use. */
  readonly badEscape?: number;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/**
 * Reads the text between the quote at `start` and the next one that is not escaped (ami-tests §1).
 * Undefined if there is none.
 */
export function readQuoted(line: string, start: number, quote: string): Quoted | undefined {
  const pieces: string[] = [];
  let badEscape: number | undefined;
  let from = start + 1;
  for (let index = from; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (char === quote) {
      pieces.push(line.slice(from, index));
      return { text: pieces.join(""), end: index + 1, ...(badEscape === undefined ? {} : { badEscape }) };
    }
    if (char !== "\\") continue;
    pieces.push(line.slice(from, index));
    const found = readEscape(line, index + 1);
    if (typeof found === "number") badEscape ??= found;
    else pieces.push(found.text);
    // A bad escape is passed over like `\x`, so that `\"` never closes the text.
    from = typeof found === "number" ? index + 2 : found.end;
    index = from - 1;
  }
  return undefined;
}

/** The escape whose letter stands at `index`, or the index of the character that does not fit. */
function readEscape(line: string, index: number): { readonly text: string; readonly end: number } | number {
  const letter = line.charAt(index);
  if (letter !== "u") {
    const text = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    return text === undefined ? index : { text, end: index + 1 };
  }
  for (let digit = index + 1; digit <= index + 4; digit += 1) {
    if (!/^[0-9a-fA-F]$/.test(line.charAt(digit))) return digit;
  }
  return { text: String.fromCharCode(Number.parseInt(line.slice(index + 1, index + 5), 16)), end: index + 5 };
}
