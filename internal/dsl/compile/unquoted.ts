import { stringLiteral } from "../syntax/mod.ts";

/** The text of a scalar without the quotes around all of it, its escapes read (flows §3, Triggers). */
export function unquoted(text: string): string {
  const core = text.trimEnd();
  const literal = stringLiteral({ text: core, at: 0 });
  if (literal?.text === core) return literal.value;
  const [, , inner] = /^(["'])(.*)\1$/s.exec(core) ?? [];
  return inner ?? text;
}
