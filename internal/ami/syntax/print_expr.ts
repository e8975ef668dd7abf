import type { BinaryOp, Expr } from "./ast.ts";

/** Expressions that members, indexes and arguments can follow, and signs precede, without parentheses. */
const TIGHT: ReadonlySet<Expr["kind"]> = new Set([
  "string",
  "bool",
  "nil",
  "name",
  "member",
  "index",
  "call",
  "list",
  "map",
]);

/** An expression as source. Whatever needs no parentheses for sure has none, the rest has them. */
export function printExpr(expr: Expr): string {
  switch (expr.kind) {
    case "number":
      return String(expr.value);
    case "duration":
      return printDuration(expr.ms);
    case "string":
      return JSON.stringify(expr.value);
    case "bool":
      return String(expr.value);
    case "nil":
      return "nil";
    case "name":
      return printName(expr.name);
    case "unary":
      // A blank, because two signs in a row are another operator.
      return `${expr.op} ${printOperand(expr.operand)}`;
    case "binary":
      return `${printSide(expr.left, expr.op)} ${expr.op} ${printOperand(expr.right)}`;
    case "member":
      return `${printTight(expr.object)}.${expr.name.text}`;
    case "index":
      return `${printTight(expr.object)}[${printExpr(expr.index)}]`;
    case "call":
      return `${printTight(expr.callee)}(${printExprs(expr.args)})`;
    case "list":
      return `[${printExprs(expr.items)}]`;
    case "map":
      return `map{${expr.entries.map(([key, value]) => `${printExpr(key)}: ${printExpr(value)}`).join(", ")}}`;
  }
}

export function printExprs(exprs: readonly Expr[]): string {
  return exprs.map(printExpr).join(", ");
}

/** The words that begin literals, where a bracket or brace follows them. */
function printName(name: string): string {
  return name === "map" || name === "slice" ? `(${name})` : name;
}

/** Durations that are no whole milliseconds are findings; they are printed to a nanosecond. */
function printDuration(ms: number): string {
  return Number.isInteger(ms) ? `${ms}ms` : `${Math.round(ms * 1e6)}ns`;
}

function printTight(expr: Expr): string {
  return TIGHT.has(expr.kind) ? printExpr(expr) : `(${printExpr(expr)})`;
}

function printOperand(expr: Expr): string {
  return expr.kind === "binary" ? `(${printExpr(expr)})` : printExpr(expr);
}

/** The left side of a chain of one operator needs no parentheses, since all operators group to the left. */
function printSide(left: Expr, op: BinaryOp): string {
  const text = left.kind === "binary" && left.op === op ? printExpr(left) : printOperand(left);
  // `[] * x` begins like a list of pointers.
  return op === "*" && text.endsWith("[]") ? `(${text})` : text;
}
