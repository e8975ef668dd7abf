/** Characters that more than one reader of `.ami` texts looks for. Places are UTF-16 indexes. */
export const QUOTE = 0x22;
export const SLASH = 0x2f;
export const STAR = 0x2a;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const BYTE_ORDER_MARK = 0xfeff;

/** Blanks are spaces and tabs; every other character that is not seen is no part of the language. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Lines end in LF, CRLF or CR (pipelines §1). */
export function isLineEnd(code: number): boolean {
  return code === LF || code === CR;
}

/** Where the text begins: after an initial byte-order mark. */
export function sourceStart(text: string): number {
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
}

/** Whether `index` is column 1 of its line. */
export function isLineStart(text: string, index: number): boolean {
  return index === sourceStart(text) || isLineEnd(text.charCodeAt(index - 1));
}

/** The end of the line of `start`, before its line end. */
export function lineEnd(text: string, start: number): number {
  let index = start;
  while (index < text.length && !isLineEnd(text.charCodeAt(index))) index += 1;
  return index;
}

/** After the line end at `index`. */
export function afterLineEnd(text: string, index: number): number {
  return text.charCodeAt(index) === CR && text.charCodeAt(index + 1) === LF ? index + 2 : index + 1;
}

/** The line ends in `start…end`. */
export function countLineEnds(text: string, start: number, end: number): number {
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

/** The first character from `start` that is no blank, at most `end`. */
export function skipBlanks(text: string, start: number, end: number): number {
  let index = start;
  while (index < end && isBlank(text.charCodeAt(index))) index += 1;
  return index;
}

/** After the closing quote of the string that opens at `open`; where it does not close, the end of its line. */
export function stringEnd(text: string, open: number): number {
  let index = open + 1;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index + 1;
    if (isLineEnd(code)) return index;
    const escapes = code === BACKSLASH && !isLineEnd(text.charCodeAt(index + 1));
    index += escapes ? 2 : 1;
  }
  return text.length;
}
