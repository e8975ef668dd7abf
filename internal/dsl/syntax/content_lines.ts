import { ParseFault } from "./parse_fault.ts";

/** A line that says something. */
export interface ContentLine {
  /** Leading spaces. */
  readonly indent: number;
  /** UTF-16 index behind them. */
  readonly at: number;
  /** UTF-16 index of the line's end. */
  readonly end: number;
}

const TAB = 9;
const SPACE = 32;
const HASH = 35;
const BOM = 0xfeff;

/**
 * The content lines of a text: neither blank nor a comment (flows §1).
 *
 * @throws ParseFault for a tab in an indentation
 */
export function* contentLines(text: string): Generator<ContentLine> {
  const nextLf = finder(text, "\n");
  const nextCr = finder(text, "\r");
  let start = text.charCodeAt(0) === BOM ? 1 : 0;
  while (start < text.length) {
    const lf = nextLf(start);
    const cr = nextCr(start);
    const end = Math.min(lf, cr);
    const line = contentLine(text, start, end);
    if (line !== undefined) yield line;
    start = cr < lf && lf === cr + 1 ? lf + 1 : end + 1;
  }
}

function contentLine(text: string, start: number, end: number): ContentLine | undefined {
  let at = start;
  while (at < end && text.charCodeAt(at) === SPACE) at += 1;
  let visible = at;
  while (visible < end && isBlank(text, visible)) visible += 1;
  if (visible === end) return undefined;
  if (text.charCodeAt(at) === TAB) {
    throw new ParseFault("a tab in the indentation; only spaces indent", { at, length: 1 }, "replace it by spaces");
  }
  if (text.charCodeAt(visible) === HASH) return undefined;
  return { indent: at - start, at, end };
}

function isBlank(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === SPACE || (code < 128 ? code >= TAB && code <= 13 : text.charAt(index).trim() === "");
}

/** Finds the next place of a character, the text's length if there is none; asked in ascending order it reads the text once. */
function finder(text: string, character: string): (from: number) => number {
  let known = -1;
  return (from) => {
    if (known < from) {
      const found = text.indexOf(character, from);
      known = found < 0 ? text.length : found;
    }
    return known;
  };
}
