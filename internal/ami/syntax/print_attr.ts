import type { Arg, Attr, Expr } from "./ast.ts";
import { printFunction } from "./print_block.ts";
import { printExpr } from "./print_expr.ts";

/** Arguments in parentheses, as source. */
export function printArgs(args: readonly Arg[], indent: string): string {
  return `(${args.map((arg) => printArg(arg, indent, printArgExpr)).join(", ")})`;
}

/** An attribute as source. */
export function printAttr({ prefix, name, args, value }: Attr, indent: string): string {
  const head = prefix === undefined ? name.text : `${prefix}.${name.text}`;
  if (args !== undefined) return `${head}${printArgs(args, indent)}`;
  return value === undefined ? head : `${head}=${printArg(value, indent, printValueExpr)}`;
}

function printArg({ name, value }: Arg, indent: string, print: (expr: Expr) => string): string {
  const head = name === undefined ? "" : `${name.text}=`;
  switch (value.kind) {
    case "expr":
      return `${head}${print(value.expr)}`;
    case "attr":
      return `${head}${printAttr(value.attr, indent)}`;
    case "func":
      return `${head}${printFunction(value.func, indent)}`;
  }
}

/** What begins like `merge.x` would be read as an attribute. */
function printArgExpr(expr: Expr): string {
  const text = printExpr(expr);
  return /^(?:merge|edge|io)\./.test(text) ? `(${text})` : text;
}

/** Behind a step only the simplest expressions go without parentheses, in which dots connect no steps. */
function printValueExpr(expr: Expr): string {
  const simple = expr.kind === "name" || expr.kind === "number" || expr.kind === "duration" || expr.kind === "string";
  return simple ? printExpr(expr) : `(${printExpr(expr)})`;
}
