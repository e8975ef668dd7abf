import type { Span } from "./ast.ts";

/** A token of the language (pipelines §1). Pragma lines, comments and line ends are none. */
export type Token = Span & {
  /** Whether a line end stands between the token before and this one. */
  readonly newline: boolean;
} & TokenValue;

export type TokenValue =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  /** `flaw`: why it is no duration (E_DURATION), though it looks like one. */
  | { readonly kind: "duration"; readonly ms: number; readonly flaw: string | undefined }
  | { readonly kind: "string"; readonly value: string }
  /** Characters that are no token. `flaw`: why, where more can be said than that. */
  | { readonly kind: "bad"; readonly flaw: string | undefined }
  | { readonly kind: "end" };

/** A value read from the characters `start…end`. */
export type ReadToken = Span & TokenValue;

/** Words that are values. */
export const VALUE_WORDS: ReadonlySet<string> = new Set(["true", "false", "nil"]);

/**
 * Words that begin or divide statements, or are values: no variable, parameter or function can be called so. The
 * grammar gives all other words to the user, also those that begin declarations, and in pipelines these too.
 */
const RESERVED: ReadonlySet<string> = new Set([
  ..."break case continue default else for func if let range return switch var while".split(" "),
  ...VALUE_WORDS,
]);

export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}

const DECLARATION_WORDS: ReadonlySet<string> = new Set(["package", "import", "func", "enum", "error", "type"]);

/** Whether a word begins a declaration; `pipeline` does in any letter case. */
export function isDeclarationWord(word: string): boolean {
  return DECLARATION_WORDS.has(word) || word.toLowerCase() === "pipeline";
}
