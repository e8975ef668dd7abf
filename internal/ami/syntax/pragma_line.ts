import { isBlank, lineEnd, skipBlanks } from "./source_text.ts";

/** One pragma line. All places are UTF-16 indexes into the scanned text. */
export interface PragmaLine {
  /** From 1. */
  readonly line: number;
  /** Of `#`. */
  readonly start: number;
  /** Of the pragma's first word; the same as `end` if there is none. */
  readonly nameStart: number;
  /** The word itself: `test:case`, `capabilities`; empty if nothing follows `#pragma`. */
  readonly name: string;
  /** Of the first character after the name and blanks; the same as `end` if there is none. */
  readonly payloadStart: number;
  /** After the last character of the line, before its end of line. */
  readonly end: number;
}

const PRAGMA = "#pragma";

/** Whether the `#` at `index`, with only blanks before it on its line, begins a pragma line (pipelines §1). */
export function isPragma(text: string, index: number): boolean {
  return text.startsWith(PRAGMA, index) && isBlank(text.charCodeAt(index + PRAGMA.length));
}

/** The parts of the pragma line whose `#` stands at `start`. */
export function readPragma(text: string, start: number, line: number): PragmaLine {
  const end = lineEnd(text, start);
  const nameStart = skipBlanks(text, start + PRAGMA.length, end);
  let nameEnd = nameStart;
  while (nameEnd < end && !isBlank(text.charCodeAt(nameEnd))) nameEnd += 1;
  const name = text.slice(nameStart, nameEnd);
  return { line, start, nameStart, name, payloadStart: skipBlanks(text, nameEnd, end), end };
}
