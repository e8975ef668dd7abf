const LF = 10;
const CR = 13;
const BOM = 0xfeff;

/** Distance of two marks in UTF-16 units: what a question scans at most, against how many marks are kept. */
export const STRIDE = 1024;

/** What is known of a text before the UTF-16 index `index`. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly lineStart: number;
  /** Code points before `lineStart`, and before `index`. */
  readonly lineStartPoints: number;
  readonly points: number;
  /** UTF-8 bytes before `index`. */
  readonly bytes: number;
}

/** The mark at the start of a text. Line 1 starts behind an initial byte-order mark. */
export function firstMark(text: string): Mark {
  const bom = text.charCodeAt(0) === BOM ? 1 : 0;
  return { index: 0, line: 1, lineStart: bom, lineStartPoints: bom, points: 0, bytes: 0 };
}

/** Marks over the whole text, one every `STRIDE` units, never inside a surrogate pair. */
export function marksOf(text: string): Mark[] {
  let mark = firstMark(text);
  const marks = [mark];
  for (let index = STRIDE; index < text.length; index += STRIDE) {
    mark = advance(text, mark, wholePoint(text, index));
    marks.push(mark);
  }
  return marks;
}

/** Moves on from a mark to index `to`, or to the start of line `line` if that comes first. */
export function advance(text: string, from: Mark, to: number, line = Number.POSITIVE_INFINITY): Mark {
  let index = from.index;
  let current = from.line;
  let { lineStart, lineStartPoints, points, bytes } = from;
  while (index < to && current < line) {
    const unit = text.charCodeAt(index);
    index += 1;
    if (unit < 0x80) {
      points += 1;
      bytes += 1;
      if (unit === LF || (unit === CR && text.charCodeAt(index) !== LF)) {
        current += 1;
        lineStart = index;
        lineStartPoints = points;
      }
    } else if (unit < 0x800) {
      points += 1;
      bytes += 2;
    } else if (isPair(text, index - 2)) {
      // The second half of a pair: with the three bytes counted for the first, four.
      bytes += 1;
    } else {
      points += 1;
      bytes += 3;
    }
  }
  return { index, line: current, lineStart, lineStartPoints, points, bytes };
}

/** The index itself, or the start of the surrogate pair that it would split. */
export function wholePoint(text: string, index: number): number {
  return isPair(text, index - 1) ? index - 1 : index;
}

/** Whether a surrogate pair starts at `index`. */
export function isPair(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
}

/** How long the line end before `index` is: 2 for CRLF, 1 for LF and CR. */
export function lineEndLength(text: string, index: number): number {
  return text.charCodeAt(index - 1) === LF && text.charCodeAt(index - 2) === CR ? 2 : 1;
}
