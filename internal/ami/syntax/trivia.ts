import { isPragma, type PragmaLine, readPragma } from "./pragma_line.ts";
import {
  afterLineEnd,
  countLineEnds,
  isBlank,
  isLineEnd,
  isLineStart,
  lineEnd,
  SLASH,
  STAR,
  sourceStart,
} from "./source_text.ts";

const HASH = 0x23;

/**
 * Reads what stands between tokens: blanks, line ends, comments and pragma lines (pipelines §1).
 *
 * A pragma line begins, after blanks, with `#pragma` and a blank; its payload is not code, so a quote or a comment sign
 * in it opens nothing. Inside a block comment it is comment.
 */
export class TriviaReader {
  readonly #text: string;
  readonly #pragmas: PragmaLine[] = [];
  // Lines are counted from pragma to pragma, since nobody else asks for them.
  #counted: number;
  #line = 1;
  #newline = false;
  #unclosed: number | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#counted = sourceStart(text);
  }

  /** The pragma lines met so far, each once, in the order of the lines. */
  get pragmas(): readonly PragmaLine[] {
    return this.#pragmas;
  }

  /** Whether the last skip went over a line end, in a comment too. */
  get newline(): boolean {
    return this.#newline;
  }

  /** Where the block comment begins that the last skip found without an end. */
  get unclosed(): number | undefined {
    return this.#unclosed;
  }

  /** The index of the next token at or after `from`, or the end of the text. `from` lies between two tokens. */
  skip(from: number): number {
    const text = this.#text;
    this.#newline = false;
    this.#unclosed = undefined;
    let fresh = isLineStart(text, from);
    let index = from;
    while (index < text.length) {
      const code = text.charCodeAt(index);
      if (isBlank(code)) {
        index += 1;
      } else if (isLineEnd(code)) {
        index = afterLineEnd(text, index);
        this.#newline = true;
        fresh = true;
      } else if (code === HASH && fresh && isPragma(text, index)) {
        index = this.#pragma(index);
      } else if (code === SLASH && text.charCodeAt(index + 1) === SLASH) {
        index = lineEnd(text, index);
      } else if (code === SLASH && text.charCodeAt(index + 1) === STAR) {
        index = this.#blockComment(index);
        fresh = false;
      } else break;
    }
    return index;
  }

  #blockComment(start: number): number {
    const close = this.#text.indexOf("*/", start + 2);
    const end = close < 0 ? this.#text.length : close + 2;
    if (close < 0) this.#unclosed = start;
    this.#newline ||= countLineEnds(this.#text, start, end) > 0;
    return end;
  }

  #pragma(start: number): number {
    const last = this.#pragmas.at(-1);
    // A parser that resumes reads some tokens, and what stands between them, twice.
    if (last !== undefined && start <= last.start) return lineEnd(this.#text, start);
    this.#line += countLineEnds(this.#text, this.#counted, start);
    this.#counted = start;
    const pragma = readPragma(this.#text, start, this.#line);
    this.#pragmas.push(pragma);
    return pragma.end;
  }
}
