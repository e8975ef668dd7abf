import type { EnumDecl, Name } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { VALUE_WORDS } from "./token.ts";

/** Reads `enum NAME { A, B = "b" }` (pipelines §1). Values have no meaning: a member is the string of its name (§4). */
export function parseEnum(c: Cursor): EnumDecl {
  const start = c.start;
  c.expect("enum");
  const name = c.expectName("an enum's name");
  const members = c.block(() => parseMembers(c), "a member's name or '}'");
  return { name, members, ...c.span(start) };
}

function parseMembers(c: Cursor): readonly Name[] {
  const members: Name[] = [];
  while (c.current.kind === "name") {
    members.push(c.expectWord("a member's name"));
    if (c.take("=")) skipLiteral(c);
    c.take(",");
  }
  return members;
}

function skipLiteral(c: Cursor): void {
  c.take("-");
  const token = c.current;
  const word = token.kind === "name" && VALUE_WORDS.has(token.text);
  if (!word && token.kind !== "number" && token.kind !== "duration" && token.kind !== "string") c.fail("a literal");
  c.advance();
}
