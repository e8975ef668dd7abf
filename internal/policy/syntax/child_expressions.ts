import type { Expression } from "./expression.ts";

/** The expressions that an expression consists of, in the order in which they are written. */
export function childExpressions(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "path":
      return [];
    case "list":
      return expression.items;
    case "mapping":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "call":
      return expression.args;
    case "postfix":
      return [
        expression.base,
        ...expression.steps.flatMap((step) => {
          if (step.kind === "index") return [step.index];
          if (step.kind === "field") return [];
          return step.fallback === undefined ? [step.key] : [step.key, step.fallback];
        }),
      ];
    case "sign":
    case "not":
      return [expression.operand];
    case "and":
    case "or":
      return expression.operands;
    case "arithmetic":
    case "comparison":
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case "power":
      return [expression.base, expression.exponent];
    case "conditional":
      return [expression.then, expression.condition, expression.otherwise];
  }
}
