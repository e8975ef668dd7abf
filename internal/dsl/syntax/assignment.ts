import { splitAssignment as splitText } from "../../policy/mod.ts";
import { type Part, slicePart, trimmed } from "./part.ts";
import type { Assignment } from "./pdl_file.ts";

/** The two sides of an assignment. */
export type AssignmentSides = Pick<Assignment, "target" | "operator" | "expression">;

/**
 * Splits a statement as the evaluator does: once, at the first `:=` if it has one, else at the first `=` (flows §4). Either
 * side may be empty; undefined: there is no `=` at all.
 */
export function splitAssignment(statement: Part): AssignmentSides | undefined {
  const sides = splitText(statement.text);
  if (sides === undefined) return undefined;
  const { target, operator, expressionAt } = sides;
  const start = statement.text.length - statement.text.trimStart().length;
  return {
    target: { text: target, at: statement.at + start },
    operator,
    expression: trimmed(slicePart(statement, expressionAt)),
  };
}
