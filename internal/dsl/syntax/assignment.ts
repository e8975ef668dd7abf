import { assignmentSplit } from "../../policy/mod.ts";
import { type Part, slicePart, trimmed } from "./part.ts";
import type { Assignment } from "./pdl_file.ts";

/** The two sides of an assignment. */
export type AssignmentSides = Pick<Assignment, "target" | "operator" | "expression">;

/**
 * Splits a statement once: at the first `:=` if it has one, else at the first `=` (flows §4). Either side may be empty;
 * undefined: there is no `=` at all.
 */
export function splitAssignment(statement: Part): AssignmentSides | undefined {
  const split = assignmentSplit(statement.text);
  if (split === undefined) return undefined;
  const { at, operator } = split;
  return {
    target: trimmed(slicePart(statement, 0, at)),
    operator,
    expression: trimmed(slicePart(statement, at + operator.length)),
  };
}
