import type { Span } from "./ast.ts";
import { Lexer } from "./lexer.ts";
import type { PragmaLine } from "./pragma_line.ts";
import { sourceStart } from "./source_text.ts";
import type { Token } from "./token.ts";

/** The tokens of a text one after another: the current one, and on demand the one behind it. */
export class TokenStream {
  readonly text: string;
  readonly #lexer: Lexer;
  #current: Token;
  #ahead: Token | undefined;
  #lineToken: Token;
  #lastEnd = 0;

  constructor(text: string) {
    this.text = text;
    this.#lexer = new Lexer(text);
    this.#current = this.#lexer.read(sourceStart(text));
    this.#lineToken = this.#current;
  }

  /** The pragma lines before what has been read so far. */
  get pragmas(): readonly PragmaLine[] {
    return this.#lexer.pragmas;
  }

  get current(): Token {
    return this.#current;
  }

  get start(): number {
    return this.#current.start;
  }

  /** Where the token before the current one ends. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** The first token of the current one's line. */
  get lineToken(): Token {
    return this.#lineToken;
  }

  get atEnd(): boolean {
    return this.#current.kind === "end";
  }

  /** From `start` to the end of what has been read. */
  span(start: number): Span {
    return { start, end: this.#lastEnd };
  }

  /** The token behind the current one. */
  peek(): Token {
    this.#ahead ??= this.#lexer.read(this.#current.end);
    return this.#ahead;
  }

  advance(): void {
    this.#lastEnd = this.#current.end;
    this.#goTo(this.peek());
  }

  /** Goes on with the token at or after `index`, which lies between two tokens. */
  seek(index: number): void {
    this.#lastEnd = index;
    this.#goTo(this.#lexer.read(index));
  }

  #goTo(token: Token): void {
    this.#current = token;
    this.#ahead = undefined;
    if (token.newline) this.#lineToken = token;
  }

  /** Whether the current token is this symbol or word. */
  is(text: string): boolean {
    return isText(this.#current, text);
  }

  /** Whether the token behind the current one is this symbol or word, on whatever line. */
  nextIs(text: string): boolean {
    return isText(this.peek(), text);
  }

  /** Goes past the current token if it is this symbol or word. */
  take(text: string): boolean {
    const found = this.is(text);
    if (found) this.advance();
    return found;
  }
}

function isText(token: Token, text: string): boolean {
  return (token.kind === "symbol" || token.kind === "name") && token.text === text;
}
