import { scanJson, ValueError } from "../../value/mod.ts";
import { readNumber } from "./number_token.ts";
import type { PragmaLine } from "./pragma_line.ts";
import { QUOTE, stringEnd } from "./source_text.ts";
import type { ReadToken, Token } from "./token.ts";
import { TriviaReader } from "./trivia.ts";
import { isDigit, isNameStart, nameEnd } from "./word_characters.ts";

const SYMBOLS: ReadonlySet<string> = new Set(
  "( ) { } [ ] , ; . : = < > + - * / % ! -> := == != <= >= && || += -= *= /= %= ++ --".split(" "),
);

/** Reads the tokens of a text, from wherever it is asked to (pipelines §1). It never fails: what is no token is a `bad` one. */
export class Lexer {
  readonly #text: string;
  readonly #trivia: TriviaReader;

  constructor(text: string) {
    this.#text = text;
    this.#trivia = new TriviaReader(text);
  }

  /** The pragma lines before what has been read so far. */
  get pragmas(): readonly PragmaLine[] {
    return this.#trivia.pragmas;
  }

  /** The first token at or after `from`, which lies between two tokens. */
  read(from: number): Token {
    const start = this.#trivia.skip(from);
    const newline = this.#trivia.newline;
    const open = this.#trivia.unclosed;
    if (open !== undefined) {
      return { kind: "bad", flaw: "expected '*/', got end of file", newline, start: open, end: this.#text.length };
    }
    return { ...this.#token(start), newline };
  }

  #token(start: number): ReadToken {
    const text = this.#text;
    if (start === text.length) return { kind: "end", start, end: start };
    if (isNameStart(text, start)) {
      const end = nameEnd(text, start);
      return { kind: "name", text: text.slice(start, end), start, end };
    }
    const code = text.charCodeAt(start);
    if (isDigit(code)) return readNumber(text, start);
    if (code === QUOTE) return readString(text, start);
    for (const length of [2, 1]) {
      const symbol = text.slice(start, start + length);
      if (SYMBOLS.has(symbol)) return { kind: "symbol", text: symbol, start, end: start + symbol.length };
    }
    return {
      kind: "bad",
      flaw: undefined,
      start,
      end: start + String.fromCodePoint(text.codePointAt(start) ?? 0).length,
    };
  }
}

/** Strings are those of JSON (pipelines §1), which cannot hold a line end. */
function readString(text: string, start: number): ReadToken {
  const end = stringEnd(text, start);
  try {
    const { value, end: closed } = scanJson(text, start);
    if (typeof value === "string") return { kind: "string", value, start, end: closed };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const at = error.offset ?? start;
    if (at < end) return { kind: "bad", flaw: error.message, start: at, end };
  }
  const got = end === text.length ? "end of file" : "end of line";
  return { kind: "bad", flaw: `expected '"', got ${got}`, start, end };
}
