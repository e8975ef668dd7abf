import type { FuncDecl, Name, Param } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseBlock } from "./parse_block.ts";
import { isTypeStart, parseType } from "./parse_type.ts";

/** Reads `func NAME sig block` (pipelines §1). */
export function parseFunction(c: Cursor): FuncDecl {
  const start = c.start;
  c.expect("func");
  const name = c.expectName("a function's name");
  if (c.is("<")) skipTypeParameters(c);
  return finish(c, start, name);
}

/** Reads `func sig block`, which stands where a worker is named. */
export function parseFunctionLiteral(c: Cursor): FuncDecl {
  const start = c.start;
  c.expect("func");
  return finish(c, start, undefined);
}

function finish(c: Cursor, start: number, name: Name | undefined): FuncDecl {
  const params = parseParams(c);
  const results = parseResults(c);
  const body = parseBlock(c);
  return { name, params, results, body, ...c.span(start) };
}

/** Type parameters are read and have no meaning: everything up to the `>` that belongs to the `<`. */
function skipTypeParameters(c: Cursor): void {
  let open = 0;
  do {
    if (c.is("<")) open += 1;
    else if (c.is(">")) open -= 1;
    else if (c.is("{") || c.atEnd) c.fail("'>'");
    c.advance();
  } while (open > 0);
}

function parseParams(c: Cursor): readonly Param[] {
  const params: Param[] = [];
  c.open("(");
  if (!c.is(")")) {
    do params.push(parseParam(c, params.length === 0 ? "a parameter or ')'" : "a parameter"));
    while (c.take(","));
  }
  c.close(")", "',' or ')'");
  return params;
}

function parseParam(c: Cursor, expected: string): Param {
  const name = c.expectName(expected);
  return { name, type: isTypeStart(c) ? parseType(c) : undefined };
}

function parseResults(c: Cursor): readonly Name[] {
  if (!c.is("(")) return isTypeStart(c) ? [parseType(c)] : [];
  const results: Name[] = [];
  c.open("(");
  do results.push(parseType(c));
  while (c.take(","));
  c.close(")", "',' or ')'");
  return results;
}
