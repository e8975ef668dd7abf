import type { Block, Expr, Stmt } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./parse_expr.ts";
import { parseExprs } from "./parse_exprs.ts";
import { asName, asStatement, finishClause, parseClause } from "./parse_simple.ts";

type BlockParser = (c: Cursor) => Block;

/** `while cond { … }`. */
export function parseWhile(c: Cursor, parseBlock: BlockParser): Stmt {
  const start = c.start;
  c.expect("while");
  const condition = parseExpr(c);
  return { kind: "loop", init: undefined, condition, post: undefined, body: parseBlock(c), ...c.span(start) };
}

/** `for { … }`, `for cond { … }`, `for init; cond; post { … }`, `for k, v := range x { … }` (pipelines §1). */
export function parseFor(c: Cursor, parseBlock: BlockParser): Stmt {
  const start = c.start;
  c.expect("for");
  const head = parseHead(c);
  const body = parseBlock(c);
  return { ...head, body, ...c.span(start) };
}

type Head =
  | { readonly kind: "loop"; init: Stmt | undefined; condition: Expr | undefined; post: Stmt | undefined }
  | Pick<Extract<Stmt, { kind: "range" }>, "kind" | "key" | "value" | "over">;

function parseHead(c: Cursor): Head {
  if (c.is("{")) return { kind: "loop", init: undefined, condition: undefined, post: undefined };
  if (c.is(";")) return parseThreeClauses(c, undefined);
  const start = c.start;
  const exprs = parseExprs(c, parseExpr);
  if (c.is(":=") && c.peekIs("range")) return parseRange(c, exprs);
  const clause = finishClause(c, start, exprs);
  if (c.is(";")) return parseThreeClauses(c, asStatement(c, clause, start));
  if ("stmt" in clause) return c.fail("';'");
  return { kind: "loop", init: undefined, condition: clause.expr, post: undefined };
}

function parseThreeClauses(c: Cursor, init: Stmt | undefined): Head {
  c.expect(";");
  const condition = c.is(";") ? undefined : parseExpr(c);
  c.expect(";");
  const start = c.start;
  const post = c.is("{") ? undefined : asStatement(c, parseClause(c), start);
  return { kind: "loop", init, condition, post };
}

function parseRange(c: Cursor, exprs: readonly Expr[]): Head {
  const [key, value, third] = exprs.map((expr) => asName(c, expr));
  if (key === undefined || third !== undefined)
    return c.failAt("at most two names before ':= range'", third ?? c.current);
  c.expect(":=");
  c.expect("range");
  return { kind: "range", key, value, over: parseExpr(c) };
}
