import { childExpressions, type Expression, ExpressionSyntaxError, parseExpression } from "../../policy/mod.ts";
import type { Json } from "../../value/mod.ts";

/** A number that a condition compares with. */
export interface Threshold {
  /** The field of the active arm, or the number as it is written. */
  readonly name: string;
  readonly value: number;
}

/** What the expressions of a policy say about its values. */
export class PolicyReads {
  /** Keys read from `values`, in the order of the file. */
  readonly keys = new Set<string>();
  readonly thresholds: Threshold[] = [];
  readonly #arm: ReadonlyMap<string, Json>;

  /** @param arm the fields of the active arm */
  constructor(arm: ReadonlyMap<string, Json>) {
    this.#arm = arm;
  }

  /** Looks at a text; one that is no expression says nothing. */
  look(text: string, isCondition = false): void {
    try {
      this.#walk(text, parseExpression(text.trim()), isCondition);
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
    }
  }

  /** The depth of an expression is bounded, so that this may call itself. */
  #walk(text: string, expression: Expression, isCondition: boolean): void {
    const key = valuesKey(expression);
    if (key !== undefined) this.keys.add(key);
    if (isCondition && expression.kind === "comparison") {
      const operators = expression.rest.map(({ operator }) => operator);
      const operands = [expression.first, ...expression.rest.map(({ operand }) => operand)];
      for (const [at, operand] of operands.entries()) {
        const isOrdered = [operators[at - 1], operators[at]].some(
          (operator) => operator !== undefined && ORDERS.has(operator),
        );
        const threshold = isOrdered ? this.#threshold(text, operand) : undefined;
        if (threshold !== undefined) this.thresholds.push(threshold);
      }
    }
    for (const child of childExpressions(expression)) this.#walk(text, child, isCondition);
  }

  #threshold(text: string, operand: Expression): Threshold | undefined {
    const field = armField(operand);
    const value = field === undefined ? numberOf(operand) : this.#arm.get(field);
    if (typeof value !== "number") return undefined;
    return { name: field ?? text.slice(operand.start, operand.end).replace(/[^A-Za-z0-9]/g, "_"), value };
  }
}

const ORDERS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** The key that an expression reads from `values` itself. */
function valuesKey(expression: Expression): string | undefined {
  if (expression.kind === "path") return expression.names[0].text === "values" ? expression.names[1]?.text : undefined;
  if (expression.kind !== "postfix" || !isPath(expression.base, "values")) return undefined;
  const [step] = expression.steps;
  if (step.kind === "field") return step.name.text;
  return textOf(step.kind === "index" ? step.index : step.key);
}

/** The field of `arms.active` that an expression is. */
function armField(expression: Expression): string | undefined {
  if (expression.kind === "path") {
    const [root, arm, field, ...deeper] = expression.names.map(({ text }) => text);
    return root === "arms" && arm === "active" && deeper.length === 0 ? field : undefined;
  }
  if (expression.kind !== "postfix" || !isPath(expression.base, "arms.active") || expression.steps.length > 1) {
    return undefined;
  }
  const [step] = expression.steps;
  return step.kind === "index" ? textOf(step.index) : undefined;
}

function isPath(expression: Expression, path: string): boolean {
  return expression.kind === "path" && expression.names.map(({ text }) => text).join(".") === path;
}

function textOf(expression: Expression): string | undefined {
  return expression.kind === "literal" && typeof expression.value === "string" ? expression.value : undefined;
}

function numberOf(expression: Expression): number | undefined {
  if (expression.kind === "literal") return typeof expression.value === "number" ? expression.value : undefined;
  if (expression.kind !== "sign" || expression.operand.kind !== "literal") return undefined;
  const { value } = expression.operand;
  if (typeof value !== "number") return undefined;
  return expression.operator === "-" ? -value : value;
}
