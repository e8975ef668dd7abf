import { advance, firstMark, isPair, lineEndLength, type Mark, marksOf, STRIDE, wholePoint } from "./line_marks.ts";
import type { Position } from "./position.ts";

/**
 * Finds lines and positions in a text. Lines end in LF, CRLF or CR; a line end is part of the line that it ends. An
 * initial byte-order mark counts three bytes of offset and no column (pipelines §1: it is skipped). A lone surrogate
 * counts the three bytes of U+FFFD, which stands for it in UTF-8.
 *
 * The text is read once, at the first question; from then on each costs the same, however long text and lines are.
 *
 * ```ts
 * new LineIndex("a\nbc").position(3); // { line: 2, column: 2, offset: 3 }
 * ```
 */
export class LineIndex {
  readonly text: string;
  #marks: readonly Mark[] | undefined;
  #lastAnswer: Mark | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The number of lines; what follows the last line end is one too, even if it is empty. */
  get lineCount(): number {
    return this.#markAt(this.text.length).line;
  }

  /** The position of a UTF-16 index. Inside a surrogate pair it is that of the pair, beyond the text that of its end. */
  position(index: number): Position {
    const mark = this.#markAt(wholePoint(this.text, Math.max(0, Math.min(index, this.text.length))));
    // Before the byte-order mark there is no column but the first.
    const column = Math.max(1, mark.points - mark.lineStartPoints + 1);
    return { line: mark.line, column, offset: mark.bytes };
  }

  /** The UTF-16 index of a line and column. A column behind the line's end is that end, a line that is not there the text's. */
  indexAt(line: number, column: number): number {
    const start = this.#startOf(line);
    if (start === undefined) return this.text.length;
    const end = this.lineEnd(line);
    const points = start.lineStartPoints + Math.max(0, column - 1);
    const near = this.#lastMark((mark) => mark.points <= points);
    let index = Math.max(near.index, start.lineStart);
    let missing = points - (near.index > start.lineStart ? near.points : start.lineStartPoints);
    for (; missing > 0 && index < end; missing -= 1) index += isPair(this.text, index) ? 2 : 1;
    return Math.min(index, end);
  }

  /** The UTF-16 index of column 1 of line `n`; the end of the text for a line that is not there. */
  lineStart(n: number): number {
    return this.#startOf(n)?.lineStart ?? this.text.length;
  }

  /** The UTF-16 index behind the last character of line `n`, before its line end. */
  lineEnd(n: number): number {
    const next = this.#startOf(n + 1)?.lineStart;
    return next === undefined ? this.text.length : next - lineEndLength(this.text, next);
  }

  /** The text of line `n` without its end; empty for a line that is not there. */
  line(n: number): string {
    return this.text.slice(this.lineStart(n), this.lineEnd(n));
  }

  #markAt(index: number): Mark {
    // Questions come mostly in the order of the text: then the last answer is the nearest mark.
    const last = this.#lastAnswer;
    const isNear = last !== undefined && last.index <= index && index - last.index < STRIDE;
    const near = isNear ? last : this.#lastMark((mark) => mark.index <= index);
    this.#lastAnswer = advance(this.text, near, index);
    return this.#lastAnswer;
  }

  /** The mark at the start of line `n`; undefined for a line that is not there. */
  #startOf(n: number): Mark | undefined {
    if (n <= 1) return n === 1 ? firstMark(this.text) : undefined;
    const near = this.#lastMark((mark) => mark.line < n);
    const mark = advance(this.text, near, this.text.length, n);
    return mark.line === n ? mark : undefined;
  }

  /** The last mark of which `holds` is true. It is true of the first mark and stays false once it is. */
  #lastMark(holds: (mark: Mark) => boolean): Mark {
    this.#marks ??= marksOf(this.text);
    let last = firstMark(this.text);
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const mark = this.#marks[middle];
      if (mark !== undefined && holds(mark)) {
        last = mark;
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return last;
  }
}
