import type { Expr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { type ExprParser, parseBracketed } from "./parse_exprs.ts";
import { closeAngle, parseType } from "./parse_type.ts";
import { isReserved } from "./token.ts";

/** Reads what operators and members can be applied to (pipelines §1). `parseExpr` reads the expressions inside. */
export function parsePrimary(c: Cursor, parseExpr: ExprParser): Expr {
  const { current: token, start } = c;
  switch (token.kind) {
    case "number":
      return leaf(c, { kind: "number", value: token.value, start, end: token.end });
    case "duration":
      if (token.flaw !== undefined) c.report("E_DURATION", `${c.shown(token)} ${token.flaw}`, token);
      return leaf(c, { kind: "duration", ms: token.ms, start, end: token.end });
    case "string":
      return leaf(c, { kind: "string", value: token.value, start, end: token.end });
    case "name":
      return parseWord(c, token.text, parseExpr);
    case "symbol":
      if (token.text === "(") return parseParentheses(c, parseExpr);
      if (token.text === "[") return parseList(c, parseExpr);
      break;
  }
  return c.fail("an expression");
}

function leaf(c: Cursor, expr: Expr): Expr {
  c.advance();
  c.levels = 1;
  return expr;
}

function parseWord(c: Cursor, word: string, parseExpr: ExprParser): Expr {
  const { start, end } = c.current;
  if (word === "true" || word === "false") return leaf(c, { kind: "bool", value: word === "true", start, end });
  if (word === "nil") return leaf(c, { kind: "nil", start, end });
  if (word === "map" && ["{", "[", "<"].some((symbol) => c.peekIs(symbol))) return parseMap(c, parseExpr);
  if (word === "slice" && ["{", "<"].some((symbol) => c.peekIs(symbol))) return parseSlice(c, parseExpr);
  if (isReserved(word)) return c.fail("an expression");
  return leaf(c, { kind: "name", name: word, start, end });
}

function parseParentheses(c: Cursor, parseExpr: ExprParser): Expr {
  c.open("(");
  const expr = parseExpr(c);
  c.close(")");
  return expr;
}

/** `[a, b]`, or `[]T{a, b}`. */
function parseList(c: Cursor, parseExpr: ExprParser): Expr {
  const start = c.start;
  let items = parseBracketed(c, parseExpr, "[", "]");
  if (items.length === 0 && isElementType(c)) {
    parseType(c);
    items = parseBracketed(c, parseExpr, "{", "}");
  }
  c.levels += 1;
  return { kind: "list", items, ...c.span(start) };
}

/** Whether the type of a list's elements follows `[]`. Nothing else that begins like a type can, but an index: `[][0]`. */
function isElementType(c: Cursor): boolean {
  if (!c.joined) return false;
  return c.current.kind === "name" || c.is("*") || (c.is("[") && c.peekIs("]"));
}

/** `slice{a, b}`, `slice<T>{a, b}`. */
function parseSlice(c: Cursor, parseExpr: ExprParser): Expr {
  const start = c.start;
  c.expect("slice");
  if (c.take("<")) {
    parseType(c);
    closeAngle(c);
  }
  const items = parseBracketed(c, parseExpr, "{", "}");
  c.levels += 1;
  return { kind: "list", items, ...c.span(start) };
}

/** `map{k: v}`, `map[K]V{k: v}`, `map<K, V>{k: v}`. */
function parseMap(c: Cursor, parseExpr: ExprParser): Expr {
  const start = c.start;
  c.expect("map");
  if (c.take("[")) {
    parseType(c);
    c.expect("]");
    parseType(c);
  } else if (c.take("<")) {
    parseType(c);
    c.expect(",");
    parseType(c);
    closeAngle(c);
  }
  const entries = parseEntries(c, parseExpr);
  return { kind: "map", entries, ...c.span(start) };
}

function parseEntries(c: Cursor, parseExpr: ExprParser): readonly (readonly [key: Expr, value: Expr])[] {
  const entries: [key: Expr, value: Expr][] = [];
  let levels = 0;
  c.open("{");
  if (!c.is("}")) {
    do {
      const key = parseExpr(c);
      levels = Math.max(levels, c.levels);
      c.expect(":");
      const value = parseExpr(c);
      levels = Math.max(levels, c.levels);
      entries.push([key, value]);
    } while (c.take(","));
  }
  c.close("}", "',' or '}'");
  c.levels = levels + 1;
  return entries;
}
