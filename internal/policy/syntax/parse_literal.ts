import { type Json, setKey } from "../../value/mod.ts";
import type { Expression } from "./expression.ts";
import { keyText } from "./key_text.ts";
import { parseLongExpression } from "./parse_expression.ts";
import { ExpressionSyntaxError } from "./syntax_error.ts";

/** What a literal can begin with. Most texts begin otherwise, and none of them has to be read. */
const START = /^(?:[0-9'"([{+.-]|(?:True|False|None)$)/;

/**
 * The value of a text that is a literal (flows §6): a number, quoted text, `True`, `False`, `None`, a list, tuple or mapping
 * of literals; `-` and `+` only before a number. Undefined for any other text. Blanks around it do not matter.
 *
 * ```ts
 * parseLiteral("[1, 'a']"); // [1, "a"]
 * parseLiteral("true"); // undefined
 * ```
 */
export function parseLiteral(text: string): Json | undefined {
  const trimmed = text.trim();
  if (!START.test(trimmed)) return undefined;
  try {
    return literalValue(parseLongExpression(trimmed));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}

/** The value of a tree that is a literal; undefined for any other. */
export function literalValue(expression: Expression): Json | undefined {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "sign": {
      const { operand } = expression;
      if (operand.kind !== "literal" || typeof operand.value !== "number") return undefined;
      // Without the `+ 0` a zero would be a negative one.
      return (expression.operator === "-" ? -operand.value : operand.value) + 0;
    }
    case "list": {
      const items: Json[] = [];
      for (const item of expression.items) {
        const value = literalValue(item);
        if (value === undefined) return undefined;
        items.push(value);
      }
      return items;
    }
    case "mapping": {
      const mapping: { [key: string]: Json } = {};
      for (const entry of expression.entries) {
        const key = literalValue(entry.key);
        const name = key === undefined ? undefined : keyText(key);
        const value = literalValue(entry.value);
        if (name === undefined || value === undefined) return undefined;
        setKey(mapping, name, value);
      }
      return mapping;
    }
    default:
      return undefined;
  }
}
