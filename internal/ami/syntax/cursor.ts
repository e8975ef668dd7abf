import { printable } from "../../diag/mod.ts";
import type { Name, Span } from "./ast.ts";
import type { SyntaxFinding } from "./syntax_finding.ts";
import { isReserved, type Token } from "./token.ts";
import { TokenStream } from "./token_stream.ts";

/** How many levels a tree may have, so that whoever walks one by recursion has enough stack. */
const MAX_DEPTH = 200;

/** How much of a token a message shows. */
const LONGEST_SHOWN = 40;

/** A syntax error: it ends the declaration that it stands in (pipelines §1). */
export class SyntaxFault extends Error {
  readonly finding: SyntaxFinding;
  constructor(finding: SyntaxFinding) {
    super(finding.message);
    this.finding = finding;
  }
}

/** What line ends mean where the parser stands. */
export interface Layout {
  /** Open brackets since the last block began; in them line ends mean nothing. */
  brackets: number;
  /** Whether an attribute's value is read behind a step, where a dot may connect to the next step. */
  attributeValue: boolean;
}

/**
 * Where a parser stands in a text, and what line ends mean there. Every function that expects something throws a
 * SyntaxFault if it is not there.
 */
export class Cursor extends TokenStream {
  readonly #findings: SyntaxFinding[] = [];
  #layout: Layout = { brackets: 0, attributeValue: false };
  #depth = 0;
  #levels = 0;

  /** All that was reported, in the order of the reports. */
  get findings(): readonly SyntaxFinding[] {
    return this.#findings;
  }

  /** Whether the token behind the current one is this symbol or word, and no line end that counts stands between the two. */
  peekIs(text: string): boolean {
    return this.nextIs(text) && this.#isJoined(this.peek());
  }

  /** Whether a statement that could end here goes on with the current token. */
  get joined(): boolean {
    return this.#isJoined(this.current);
  }

  #isJoined(token: Token): boolean {
    return !token.newline || this.#layout.brackets > 0;
  }

  /** Whether a dot here could connect two steps: behind an attribute's value, and not in brackets. */
  get dotMayConnect(): boolean {
    return this.#layout.attributeValue && this.#layout.brackets === 0;
  }

  expect(text: string, expected = `'${text}'`): void {
    if (!this.take(text)) this.fail(expected);
  }

  /** A word of any kind; `what` it is meant to be. */
  expectWord(what: string): Name {
    const token = this.current;
    if (token.kind !== "name") this.fail(what);
    this.advance();
    return { text: token.text, start: token.start, end: token.end };
  }

  /** A word that a function, a parameter or a variable may be called. */
  expectName(what: string): Name {
    if (this.current.kind === "name" && isReserved(this.current.text)) this.fail(what);
    return this.expectWord(what);
  }

  /** Goes past an opening bracket, up to whose end line ends mean nothing. */
  open(bracket: string): void {
    this.expect(bracket);
    this.#enter();
    this.#layout.brackets += 1;
  }

  close(bracket: string, expected?: string): void {
    this.#layout.brackets -= 1;
    this.#depth -= 1;
    this.expect(bracket, expected);
  }

  /** Reads what stands in braces, where line ends end statements again. */
  block<T>(read: () => T, expectedEnd?: string): T {
    const outer = this.#layout;
    this.expect("{");
    this.#enter();
    this.#layout = { brackets: 0, attributeValue: false };
    const content = read();
    this.#depth -= 1;
    this.#layout = outer;
    this.expect("}", expectedEnd);
    return content;
  }

  /** Reads the value of an attribute behind a step. */
  attributeValue<T>(read: () => T): T {
    const outer = this.#layout;
    if (outer.brackets === 0) this.#layout = { brackets: 0, attributeValue: true };
    const value = read();
    this.#layout = outer;
    return value;
  }

  /** Reads something that stands inside its like. */
  nested<T>(read: () => T): T {
    this.#enter();
    const content = read();
    this.#depth -= 1;
    return content;
  }

  #enter(): void {
    this.#depth += 1;
    this.#checkDepth(0);
  }

  /** The levels of the expression that was read last. */
  get levels(): number {
    return this.#levels;
  }

  set levels(levels: number) {
    this.#checkDepth(levels);
    this.#levels = levels;
  }

  #checkDepth(levels: number): void {
    if (this.#depth + levels > MAX_DEPTH) this.#throw(`nested more than ${MAX_DEPTH} levels deep`, this.current);
  }

  /** END of the grammar: a line end, `;`, or nothing before `}` and at the end of the file. */
  endStatement(): void {
    if (this.is(";")) this.skipSemicolons();
    else if (!this.current.newline && !this.is("}") && !this.atEnd) this.fail("';' or a new line");
  }

  /** Statements may be empty. */
  skipSemicolons(): void {
    while (this.is(";")) this.advance();
  }

  /** Forgets what was open when a declaration broke off. */
  reset(): void {
    this.#layout = { brackets: 0, attributeValue: false };
    this.#depth = 0;
    this.#levels = 0;
  }

  /** Takes back what was reported from `start` on, which will be read again. */
  retract(start: number): void {
    while ((this.#findings.at(-1)?.start ?? -1) >= start) this.#findings.pop();
  }

  /** Notes what is wrong without ending the declaration. */
  report(code: string, message: string, { start, end }: Span): void {
    this.#findings.push({ code, message, start, end });
  }

  /** Throws that `expected` is missing here. */
  fail(expected: string): never {
    const token = this.current;
    if (token.kind === "bad" && token.flaw !== undefined) return this.#throw(token.flaw, token);
    if (token.kind === "end") return this.#throw(`expected ${expected}, got end of file`, token);
    return this.failAt(expected, token);
  }

  /** Throws that something else than `expected` has been read. */
  failAt(expected: string, found: Span): never {
    return this.#throw(`expected ${expected}, got "${this.shown(found)}"`, found);
  }

  /** A piece of the text for a message, which has no room for all that a piece can be. */
  shown({ start, end }: Span): string {
    const shown = printable(this.text.slice(start, Math.min(end, start + LONGEST_SHOWN)));
    return end > start + LONGEST_SHOWN ? `${shown}…` : shown;
  }

  #throw(message: string, { start, end }: Span): never {
    throw new SyntaxFault({ code: "E_PARSE", message, start, end });
  }
}
