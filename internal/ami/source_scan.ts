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

/** What can be said of a `.ami` text without parsing it. */
export interface SourceScan {
  /** In the order of the lines. */
  readonly pragmas: readonly PragmaLine[];
  /**
   * Whether any token stands outside comments and pragma lines. A block comment that does not end counts as one: it is
   * a syntax error, which only the parser can report, and the pragma lines it swallows must not vanish silently.
   */
  readonly hasSource: boolean;
  /** The name behind `package`, if that is the first token. */
  readonly packageName: string | undefined;
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const HASH = 0x23;
const STAR = 0x2a;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const BYTE_ORDER_MARK = 0xfeff;

const PRAGMA = "#pragma";

/**
 * Finds the pragma lines of a text, in time linear in its length (pipelines §1, ami-tests §1).
 *
 * A pragma line begins, after blanks, with `#pragma` and a blank; its payload is not code, so a quote or a comment sign
 * in it opens nothing. Inside a block comment it is comment. Lines end in LF, CRLF or CR; an initial byte-order mark is
 * skipped.
 *
 * @example
 * scanSource("package app\n#pragma test:case a b").pragmas[0]?.name; // "test:case"
 */
export function scanSource(text: string): SourceScan {
  const pragmas: PragmaLine[] = [];
  let hasSource = false;
  let packageName: string | undefined;
  let line = 1;
  // True while only blanks stand between the start of the line and `index`.
  let fresh = true;
  let index = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;

  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === SPACE || code === TAB) {
      index += 1;
    } else if (code === LF || code === CR) {
      index = afterLineEnd(text, index);
      line += 1;
      fresh = true;
    } else if (code === HASH && fresh && isPragma(text, index)) {
      const pragma = readPragma(text, index, line);
      pragmas.push(pragma);
      index = pragma.end;
    } else if (code === SLASH && text.charCodeAt(index + 1) === SLASH) {
      index = lineEnd(text, index);
    } else if (code === SLASH && text.charCodeAt(index + 1) === STAR) {
      const close = text.indexOf("*/", index + 2);
      const end = close < 0 ? text.length : close + 2;
      if (close < 0) hasSource = true;
      line += countLineEnds(text, index, end);
      index = end;
      fresh = false;
    } else {
      if (!hasSource) packageName = packageNameAt(text, index);
      hasSource = true;
      index = code === QUOTE ? stringEnd(text, index) : index + 1;
      fresh = false;
    }
  }
  return { pragmas, hasSource, packageName };
}

function isPragma(text: string, index: number): boolean {
  return text.startsWith(PRAGMA, index) && isBlank(text.charCodeAt(index + PRAGMA.length));
}

function readPragma(text: string, start: number, line: number): PragmaLine {
  const end = lineEnd(text, start);
  const nameStart = skipBlanks(text, start + PRAGMA.length, end);
  let nameEnd = nameStart;
  while (nameEnd < end && !isBlank(text.charCodeAt(nameEnd))) nameEnd += 1;
  const name = text.slice(nameStart, nameEnd);
  return { line, start, nameStart, name, payloadStart: skipBlanks(text, nameEnd, end), end };
}

const PACKAGE = /package[ \t]+([\p{L}_][\p{L}\p{Nd}_]*)/uy;

function packageNameAt(text: string, index: number): string | undefined {
  PACKAGE.lastIndex = index;
  return PACKAGE.exec(text)?.[1];
}

/** After a string's closing quote; where the string does not close, the end of its line. */
function stringEnd(text: string, open: number): number {
  let index = open + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index + 1;
    if (code === LF || code === CR) return index;
    const escapes = code === BACKSLASH && !isLineEnd(text.charCodeAt(index + 1));
    index += escapes ? 2 : 1;
  }
  return text.length;
}

function countLineEnds(text: string, start: number, end: number): number {
  let count = 0;
  let index = start;
  while (index < end) {
    if (isLineEnd(text.charCodeAt(index))) {
      count += 1;
      index = afterLineEnd(text, index);
    } else index += 1;
  }
  return count;
}

function lineEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length && !isLineEnd(text.charCodeAt(index))) index += 1;
  return index;
}

function afterLineEnd(text: string, index: number): number {
  return text.charCodeAt(index) === CR && text.charCodeAt(index + 1) === LF ? index + 2 : index + 1;
}

function skipBlanks(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isBlank(text.charCodeAt(index))) index += 1;
  return index;
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

function isLineEnd(code: number): boolean {
  return code === LF || code === CR;
}
