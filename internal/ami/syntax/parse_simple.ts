import type { Expr, Name, Stmt } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseExpr } from "./parse_expr.ts";
import { parseExprs } from "./parse_exprs.ts";
import { isReserved, type Token, VALUE_WORDS } from "./token.ts";

type AssignOp = Extract<Stmt, { kind: "assign" }>["op"];

const ASSIGN_OPS: ReadonlySet<string> = new Set<AssignOp>(["=", "+=", "-=", "*=", "/=", "%="]);

/** What may stand before a `;` or a block in the head of `if` and `for`, before it is known which. */
export type Clause = { readonly stmt: Stmt } | { readonly expr: Expr };

/** Reads a statement without a word of its own: a definition, an assignment, `++`, `--` or a call (pipelines §1). */
export function parseSimple(c: Cursor): Stmt {
  const start = c.start;
  if (!mayBegin(c.current)) c.fail("a statement");
  return asStatement(c, parseClause(c), start);
}

/** Reads a statement without a word of its own, or an expression. */
export function parseClause(c: Cursor): Clause {
  const start = c.start;
  return finishClause(c, start, parseExprs(c, parseExpr));
}

/** The same, where its first expressions have been read already. */
export function finishClause(c: Cursor, start: number, exprs: readonly Expr[]): Clause {
  const op = c.joined && c.current.kind === "symbol" ? c.current.text : "";
  if (op === ":=") {
    const names = exprs.map((expr) => asName(c, expr));
    c.advance();
    return { stmt: { kind: "define", names, values: parseExprs(c, parseExpr), ...c.span(start) } };
  }
  if (isAssignOp(op)) {
    for (const target of exprs) checkTarget(c, target);
    c.advance();
    return { stmt: { kind: "assign", targets: exprs, op, values: parseExprs(c, parseExpr), ...c.span(start) } };
  }
  const [expr, second] = exprs;
  if (expr === undefined || second !== undefined) return c.fail("':=' or '='");
  if (op !== "++" && op !== "--") return { expr };
  checkTarget(c, expr);
  c.advance();
  return { stmt: { kind: "step", target: expr, op, ...c.span(start) } };
}

/** The statement that a clause is; of expressions only calls are one. */
export function asStatement(c: Cursor, clause: Clause, start: number): Stmt {
  if ("stmt" in clause) return clause.stmt;
  if (clause.expr.kind === "call") return { kind: "call", call: clause.expr, ...c.span(start) };
  return c.failAt("a statement", { start, end: clause.expr.end });
}

/** The name that an expression to the left of `:=` is. */
export function asName(c: Cursor, expr: Expr): Name {
  if (expr.kind !== "name") return c.failAt("a variable's name before ':='", expr);
  return { text: expr.name, start: expr.start, end: expr.end };
}

/** Whether a statement without a word of its own may begin so; calls of values are senseless, but calls. */
function mayBegin(token: Token): boolean {
  if (token.kind === "name") return !isReserved(token.text) || VALUE_WORDS.has(token.text);
  if (token.kind === "symbol") return token.text === "(" || token.text === "[";
  return token.kind !== "bad";
}

function isAssignOp(op: string): op is AssignOp {
  return ASSIGN_OPS.has(op);
}

/** Only variables, their members and elements can be assigned to. */
function checkTarget(c: Cursor, target: Expr): void {
  let root = target;
  while (root.kind === "member" || root.kind === "index") root = root.object;
  if (root.kind !== "name") c.failAt("a variable or a part of one", target);
}
