import type { Arg, ArgValue, Expr, Span } from "./ast.ts";

// What an argument says, for those that are no worker. Fields, words and numbers may stand where an expression does; here
// they are read, never evaluated.

/** The whole number that an argument is, possibly below 0; undefined if it is none. */
export function integerIn(value: ArgValue): number | undefined {
  const number = value.kind === "expr" ? numberIn(value.expr) : undefined;
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

/**
 * The milliseconds that an argument is: a duration, or a bare whole number (pipelines §1). A duration with a fraction of a
 * millisecond was reported by the parser and is rounded up here, so that it is not reported twice.
 */
export function millisecondsIn(value: ArgValue): number | undefined {
  if (value.kind === "expr" && value.expr.kind === "duration") return Math.ceil(value.expr.ms);
  return integerIn(value);
}

/** The word that an argument is, quoted or not. */
export function wordIn(value: ArgValue): string | undefined {
  if (value.kind !== "expr") return undefined;
  if (value.expr.kind === "name") return value.expr.name;
  return textIn(value);
}

/** The string that an argument is. */
export function textIn(value: ArgValue): string | undefined {
  return value.kind === "expr" && value.expr.kind === "string" ? value.expr.value : undefined;
}

/** The dotted path that an argument is, quoted or not (`"meta.ts"`, `meta.ts`). */
export function pathIn(value: ArgValue): string | undefined {
  return value.kind === "expr" ? pathOf(value.expr) : undefined;
}

/** Where an argument's value stands: findings about an argument point there. */
export function valueSpan({ value }: Pick<Arg, "value">): Span {
  switch (value.kind) {
    case "expr":
      return value.expr;
    case "attr":
      return value.attr;
    case "func":
      return value.func;
  }
}

function numberIn(expr: Expr): number | undefined {
  if (expr.kind === "number") return expr.value;
  if (expr.kind !== "unary" || expr.op !== "-") return undefined;
  const operand = numberIn(expr.operand);
  return operand === undefined ? undefined : -operand;
}

function pathOf(expr: Expr): string | undefined {
  if (expr.kind === "string") return expr.value;
  const names: string[] = [];
  let at: Expr = expr;
  for (; at.kind === "member"; at = at.object) names.push(at.name.text);
  if (at.kind !== "name") return undefined;
  return [at.name, ...names.reverse()].join(".");
}
