import type { Cursor } from "./cursor.ts";

/**
 * Skips `type NAME …` to the end of its brackets, or where it has none to the end of its line (pipelines §1): types have no
 * meaning. What stands inside need not even be tokens.
 */
export function skipType(c: Cursor): void {
  c.expect("type");
  c.expectWord("a type's name");
  let open = 0;
  while (!c.atEnd) {
    if (open === 0 && c.current.newline && !c.is("{")) return;
    if (open === 0 && (c.is(";") || c.is("}"))) return;
    if (c.is("{") || c.is("(") || c.is("[")) open += 1;
    else if (c.is("}") || c.is(")") || c.is("]")) open -= 1;
    const closed = open === 0 && c.is("}");
    c.advance();
    if (closed) return;
  }
  if (open > 0) c.fail("'}'");
}
