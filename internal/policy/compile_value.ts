import { isObject, type Json, setKey } from "../value/mod.ts";
import { compileExpression } from "./compile_expression.ts";
import { failing } from "./failing.ts";
import type { PolicyPlace } from "./policy_error.ts";
import type { Evaluate } from "./run.ts";
import type { Scope } from "./scope.ts";
import { childExpressions } from "./syntax/child_expressions.ts";
import type { Expression } from "./syntax/expression.ts";
import { parseExpression } from "./syntax/parse_expression.ts";
import { ExpressionSyntaxError } from "./syntax/syntax_error.ts";

/** Where a value stands, without its text. */
export type Spot = Omit<PolicyPlace, "expression">;

/**
 * Makes a value of a policy ready (flows §4, value of a text): a text that is exactly the name of an assigned variable is
 * that variable, any other an expression; lists and mappings recurse; other JSON values are themselves.
 */
export function compileValue(value: Json, scope: Scope, spot: Spot): Evaluate {
  if (typeof value === "string") return compileText(value.trim(), scope, spot);
  if (Array.isArray(value)) {
    const items = value.map((item, at) => compileValue(item, scope, inside(spot, `[${at}]`)));
    return (run) => items.map((item) => item(run));
  }
  if (!isObject(value)) return () => value;
  const entries = Object.entries(value).map(([key, part]): [string, Evaluate] => [
    key,
    compileValue(part, scope, inside(spot, spot.field === "" ? key : `.${key}`)),
  ]);
  return (run) => {
    const mapping: { [key: string]: Json } = {};
    for (const [key, part] of entries) setKey(mapping, key, part(run));
    return mapping;
  };
}

/** Only emit fields have a path. */
function inside(spot: Spot, step: string): Spot {
  return spot.field === undefined ? spot : { ...spot, field: spot.field + step };
}

function compileText(text: string, scope: Scope, spot: Spot): Evaluate {
  const place: PolicyPlace = { ...spot, expression: text };
  const { evaluate, parts } = compileSource(text, scope);
  const slot = scope.slots.get(text);
  return (run) => {
    run.place = place;
    run.step(parts);
    const variable = slot === undefined ? undefined : run.variables[slot];
    return variable === undefined ? evaluate(run) : variable;
  };
}

function compileSource(text: string, scope: Scope): { readonly evaluate: Evaluate; readonly parts: number } {
  try {
    const expression = parseExpression(text);
    return { evaluate: compileExpression(expression, scope), parts: countParts(expression) };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    const help = error.help === undefined ? "" : ` (${error.help})`;
    return { evaluate: failing(`${error.message}${help}, at character ${error.offset + 1}`), parts: 1 };
  }
}

/** Evaluation steps that an expression takes at most: one for each of its parts. */
function countParts(expression: Expression): number {
  const own = "rest" in expression ? expression.rest.length : "steps" in expression ? expression.steps.length : 1;
  return childExpressions(expression).reduce((total, child) => total + countParts(child), own);
}
