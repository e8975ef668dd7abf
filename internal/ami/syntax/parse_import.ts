import type { ImportDecl, Name } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { readPath, readText } from "./raw_text.ts";

/** Reads `import ITEM` or `import ( ITEM… )` (pipelines §1), up to END. */
export function parseImport(c: Cursor): readonly ImportDecl[] {
  c.expect("import");
  const imports = c.take("(") ? parseItems(c) : [parseItem(c, false)];
  c.endStatement();
  return imports;
}

/** One item a line: in these parentheses line ends mean something. */
function parseItems(c: Cursor): readonly ImportDecl[] {
  const imports: ImportDecl[] = [];
  for (;;) {
    c.skipSemicolons();
    if (c.take(")")) return imports;
    imports.push(parseItem(c, true));
    if (!c.is(")")) c.endStatement();
  }
}

/** `"./path"`, `alias "./path"` or `./path`, each perhaps with `>= version`. */
function parseItem(c: Cursor, inParentheses: boolean): ImportDecl {
  const start = c.start;
  const aliased = c.current.kind === "name" && c.peek().kind === "string" && !c.peek().newline;
  const alias = aliased ? c.expectName("an alias") : undefined;
  const path = parsePath(c);
  const version = c.joined && c.is(">=") ? parseVersion(c, inParentheses) : undefined;
  return { alias, path, version, ...c.span(start) };
}

function parsePath(c: Cursor): Name {
  const token = c.current;
  if (token.kind === "string") {
    c.advance();
    return { text: token.value, start: token.start, end: token.end };
  }
  const path = readPath(c.text, token.start);
  if (path.text === "" || c.is("(") || token.kind === "bad") return c.fail("an import path");
  c.seek(path.end);
  return path;
}

function parseVersion(c: Cursor, inParentheses: boolean): string {
  const version = readText(c.text, c.current.end, inParentheses);
  if (version.text === "") c.failAt("a version", c.current);
  c.seek(version.end);
  return version.text;
}
