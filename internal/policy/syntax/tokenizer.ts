import { readNumber } from "./number_token.ts";
import { ExpressionSyntaxError } from "./syntax_error.ts";
import { readText } from "./text_token.ts";
import { LONG_SYMBOLS, RESERVED, SYMBOLS, type Token } from "./token.ts";

const BLANKS = /\s*/y;
// Tried first, because the properties of Unicode take several times as long; not for a name that goes on beyond ASCII.
const ASCII_NAME = /[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_]|[^\0-\x7f])/y;
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
    const start = behindBlanks(this.text, this.#at);
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
    const name = nameAt(text, start);
    if (name !== undefined) {
      return { kind: RESERVED.has(name) ? "word" : "name", text: name, start, end: start + name.length };
    }
    const two = text.slice(start, start + 2);
    if (LONG_SYMBOLS.has(two)) return { kind: "symbol", text: two, start, end: start + 2 };
    if (SYMBOLS.has(first) && two !== ":=") return { kind: "symbol", text: first, start, end: start + 1 };
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

function behindBlanks(text: string, at: number): number {
  const code = text.charCodeAt(at);
  // Mostly there is none: then no expression has to look.
  if (code > 0x20 && code < 0x80) return at;
  BLANKS.lastIndex = at;
  return at + (BLANKS.exec(text)?.[0].length ?? 0);
}

function nameAt(text: string, start: number): string | undefined {
  ASCII_NAME.lastIndex = start;
  const plain = ASCII_NAME.exec(text)?.[0];
  if (plain !== undefined || isSymbolic(text.charCodeAt(start))) return plain;
  NAME.lastIndex = start;
  return NAME.exec(text)?.[0];
}

/** ASCII that begins no name. */
function isSymbolic(code: number): boolean {
  return code < 0x41 || (code > 0x5a && code < 0x5f) || code === 0x60 || (code > 0x7a && code < 0x80);
}
