import { readNumber } from "./number_token.ts";
import { ExpressionSyntaxError } from "./syntax_error.ts";
import { readText } from "./text_token.ts";
import { RESERVED, SYMBOLS, type Token } from "./token.ts";

const BLANKS = /\s*/y;
const NAME = /[\p{ID_Start}_]\p{ID_Continue}*/uy;
const NUMBER_START = /\.?[0-9]/y;

/** What people write who come from another language, and what to write here. */
const FOREIGN: Readonly<Record<string, string>> = {
  "&&": "write 'and'",
  "||": "write 'or'",
  "!": "write 'not'",
  ":=": "an assignment is a statement of its own, not part of an expression",
  "=": "write '==' to compare",
  "?": "write 'A if CONDITION else B'",
};

/** Reads the tokens of an expression one after another. */
export class Tokenizer {
  readonly text: string;
  #at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** @throws ExpressionSyntaxError for what begins no token */
  next(): Token {
    const { text } = this;
    BLANKS.lastIndex = this.#at;
    const start = this.#at + (BLANKS.exec(text)?.[0].length ?? 0);
    const token = this.#read(start);
    this.#at = token.end;
    return token;
  }

  #read(start: number): Token {
    const { text } = this;
    if (start >= text.length) return { kind: "end", start, end: start };
    const first = text.charAt(start);
    if (first === "'" || first === '"') return { kind: "text", start, ...readText(text, start) };
    NUMBER_START.lastIndex = start;
    if (NUMBER_START.test(text)) return { kind: "number", start, ...readNumber(text, start) };
    NAME.lastIndex = start;
    const name = NAME.exec(text)?.[0];
    if (name !== undefined) {
      return { kind: RESERVED.has(name) ? "word" : "name", text: name, start, end: start + name.length };
    }
    if (!text.startsWith(":=", start)) {
      const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, start));
      if (symbol !== undefined) return { kind: "symbol", text: symbol, start, end: start + symbol.length };
    }
    const foreign = Object.keys(FOREIGN).find((candidate) => text.startsWith(candidate, start));
    const found = foreign ?? String.fromCodePoint(text.codePointAt(start) ?? 0);
    throw new ExpressionSyntaxError(
      `'${found}' is no part of an expression`,
      text,
      start,
      foreign === undefined ? undefined : FOREIGN[foreign],
    );
  }
}
