import type { Arg, ArgValue, Attr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./parse_expr.ts";
import { parseFunctionLiteral } from "./parse_function.ts";

const PREFIXES = ["merge", "edge", "io"] as const;

/** Reads the attributes behind a step: those on its line, and those after a comma (pipelines §1). */
export function parseAttrs(c: Cursor): readonly Attr[] {
  const attrs: Attr[] = [];
  while (isAttrStart(c)) {
    do attrs.push(parseAttr(c));
    while (c.take(","));
  }
  return attrs;
}

function isAttrStart(c: Cursor): boolean {
  return c.current.kind === "name" && c.joined;
}

/** Reads `merge.Sort(k)`, `edge.FIFO(max=2)`, `delay=5ms`, `dropOldest`. */
function parseAttr(c: Cursor): Attr {
  const start = c.start;
  const prefix = PREFIXES.find((word) => c.is(word) && c.peekIs("."));
  if (prefix !== undefined) {
    c.advance();
    c.expect(".");
  }
  const name = c.expectWord("an attribute");
  const args = c.is("(") && c.joined ? parseArgs(c) : undefined;
  const value = args === undefined && c.joined && c.take("=") ? c.attributeValue(() => parseArg(c)) : undefined;
  return { prefix, name, args, value, ...c.span(start) };
}

/** Reads arguments in parentheses. */
export function parseArgs(c: Cursor): readonly Arg[] {
  const args: Arg[] = [];
  c.open("(");
  if (!c.is(")")) {
    do args.push(parseArg(c));
    while (c.take(","));
  }
  c.close(")", "',' or ')'");
  return args;
}

function parseArg(c: Cursor): Arg {
  const start = c.start;
  const name = c.current.kind === "name" && c.peekIs("=") ? c.expectWord("an argument") : undefined;
  if (name !== undefined) c.expect("=");
  return { name, value: parseArgValue(c), ...c.span(start) };
}

function parseArgValue(c: Cursor): ArgValue {
  if (c.is("func")) return { kind: "func", func: parseFunctionLiteral(c) };
  if (PREFIXES.some((word) => c.is(word)) && c.peekIs(".")) return { kind: "attr", attr: parseAttr(c) };
  return { kind: "expr", expr: parseExpr(c) };
}
