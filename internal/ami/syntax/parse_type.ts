import type { Name } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

/**
 * Reads a type (pipelines §1). Types are not enforced, so all that is kept is their text, without blanks and comments:
 * `Event<map[string]any>`, `a.Pair<A, B>`. Prefixes may be repeated and stand before a map, which the page leaves open.
 */
export function parseType(c: Cursor): Name {
  const start = c.start;
  return { text: typeText(c), ...c.span(start) };
}

/** Whether the current token begins a type, where one may stand. */
export function isTypeStart(c: Cursor): boolean {
  return c.current.kind === "name" || c.is("[") || c.is("*");
}

function typeText(c: Cursor): string {
  return c.nested(() => {
    if (c.take("*")) return `*${typeText(c)}`;
    if (c.take("[")) {
      c.expect("]");
      return `[]${typeText(c)}`;
    }
    if (c.is("map") && c.peekIs("[")) return mapText(c);
    return namedText(c);
  });
}

function mapText(c: Cursor): string {
  c.expect("map");
  c.expect("[");
  const key = typeText(c);
  c.expect("]");
  return `map[${key}]${typeText(c)}`;
}

function namedText(c: Cursor): string {
  let text = c.expectName("a type").text;
  while (c.joined && c.take(".")) text += `.${c.expectWord("a type").text}`;
  if (!(c.joined && c.take("<"))) return text;
  const parameters = [typeText(c)];
  while (c.take(",")) parameters.push(typeText(c));
  closeAngle(c);
  return `${text}<${parameters.join(", ")}>`;
}

/** Goes past `>`, also where it is half of `>=`: `var x List<any>= y`. */
export function closeAngle(c: Cursor): void {
  if (c.is(">=")) c.seek(c.start + 1);
  else c.expect(">", "',' or '>'");
}
