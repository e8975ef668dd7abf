import type { Expr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";

export type ExprParser = (c: Cursor) => Expr;

/** Reads one expression or more, with commas between. The cursor's levels are then those of the deepest. */
export function parseExprs(c: Cursor, parseExpr: ExprParser): readonly Expr[] {
  const exprs = [parseExpr(c)];
  let levels = c.levels;
  while (c.take(",")) {
    exprs.push(parseExpr(c));
    levels = Math.max(levels, c.levels);
  }
  c.levels = levels;
  return exprs;
}

/** Reads expressions in brackets, none too, up to the closing bracket. The cursor's levels are those of the deepest. */
export function parseBracketed(c: Cursor, parseExpr: ExprParser, open: string, close: string): readonly Expr[] {
  c.open(open);
  c.levels = 0;
  const exprs = c.is(close) ? [] : parseExprs(c, parseExpr);
  c.close(close, `',' or '${close}'`);
  return exprs;
}
