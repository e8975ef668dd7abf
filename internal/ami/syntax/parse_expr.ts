import type { BinaryOp, Expr } from "./ast.ts";
import type { Cursor } from "./cursor.ts";
import { parseBracketed } from "./parse_exprs.ts";
import { parsePrimary } from "./parse_primary.ts";

/** How tightly operators bind (pipelines §1); all of them group to the left. */
const PRECEDENCE: Readonly<Record<BinaryOp, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
};

/** A line that begins with one of these begins a statement; with any other operator it goes on with the one before. */
const BEGIN_STATEMENTS: ReadonlySet<BinaryOp> = new Set(["+", "-", "*"]);

/** Reads an expression. Where its tree would be too deep, it throws: chains of operators are as deep as they are long. */
export function parseExpr(c: Cursor): Expr {
  return parseBinary(c, 1);
}

function parseBinary(c: Cursor, least: number): Expr {
  const start = c.start;
  let left = parseUnary(c);
  for (;;) {
    const op = binaryOp(c);
    if (op === undefined || PRECEDENCE[op] < least) return left;
    const levels = c.levels;
    c.advance();
    const right = parseBinary(c, PRECEDENCE[op] + 1);
    c.levels = Math.max(levels, c.levels) + 1;
    left = { kind: "binary", op, left, right, ...c.span(start) };
  }
}

/** The operator that the current token is, if the expression goes on with it. */
function binaryOp(c: Cursor): BinaryOp | undefined {
  const token = c.current;
  if (token.kind !== "symbol" || !isBinaryOp(token.text)) return undefined;
  return c.joined || !BEGIN_STATEMENTS.has(token.text) ? token.text : undefined;
}

function isBinaryOp(text: string): text is BinaryOp {
  return Object.hasOwn(PRECEDENCE, text);
}

function parseUnary(c: Cursor): Expr {
  const signs: { op: "-" | "!"; start: number }[] = [];
  for (;;) {
    const start = c.start;
    if (c.take("-")) signs.push({ op: "-", start });
    else if (c.take("!")) signs.push({ op: "!", start });
    else break;
  }
  let expr = parsePostfix(c);
  for (const { op, start } of signs.toReversed()) {
    c.levels += 1;
    expr = { kind: "unary", op, operand: expr, ...c.span(start) };
  }
  return expr;
}

function parsePostfix(c: Cursor): Expr {
  const start = c.start;
  let expr = parsePrimary(c, parseExpr);
  for (;;) {
    const levels = c.levels;
    if (c.is(".") && !connects(c, expr)) {
      c.advance();
      const name = c.expectWord("a member's name");
      c.levels = levels + 1;
      expr = { kind: "member", object: expr, name, ...c.span(start) };
    } else if (c.is("[") && c.joined) {
      c.open("[");
      const index = parseExpr(c);
      c.close("]");
      c.levels = Math.max(levels, c.levels) + 1;
      expr = { kind: "index", object: expr, index, ...c.span(start) };
    } else if (c.is("(") && c.joined) {
      const args = parseBracketed(c, parseExpr, "(", ")");
      c.levels = Math.max(levels, c.levels) + 1;
      expr = { kind: "call", callee: expr, args, ...c.span(start) };
    } else return expr;
  }
}

/**
 * Whether the dot behind an attribute's value connects its step to the next, as in `Transform(f) delay=5ms.egress`. Only a
 * name has members there, and not on the next line.
 */
function connects(c: Cursor, expr: Expr): boolean {
  return c.dotMayConnect && (c.current.newline || !isDottedName(expr));
}

function isDottedName(expr: Expr): boolean {
  let root = expr;
  while (root.kind === "member") root = root.object;
  return root.kind === "name";
}
