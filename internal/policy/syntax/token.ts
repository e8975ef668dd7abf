/** A token of an expression with its UTF-16 indexes. A `word` is a reserved one, a `name` any other. */
export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "name" | "word" | "symbol"; readonly text: string }
  | { readonly kind: "end" }
);

/** The words that can be no name. */
export const RESERVED: ReadonlySet<string> = new Set([
  "and",
  "or",
  "not",
  "if",
  "else",
  "in",
  "is",
  "True",
  "False",
  "None",
]);

/** Symbols of two characters, each of which comes before one of one. */
export const LONG_SYMBOLS: ReadonlySet<string> = new Set(["**", "//", "==", "!=", "<=", ">="]);

/** Symbols of one character. */
export const SYMBOLS: ReadonlySet<string> = new Set("+-*/%<>()[]{},.:");

/** How a token is named in a sentence. */
export function shown(token: Token): string {
  switch (token.kind) {
    case "number":
      return `the number ${token.value}`;
    case "text":
      return "a text";
    case "end":
      return "the end";
    default:
      return `'${token.text}'`;
  }
}
