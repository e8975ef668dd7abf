import { type Part, slicePart, trimmed } from "./part.ts";
import type { Assignment } from "./pdl_file.ts";

/** The two sides of an assignment. */
export type AssignmentSides = Pick<Assignment, "target" | "operator" | "expression">;

/**
 * Splits a statement once: at the first `:=` if it has one, else at the first `=` (flows §4). Either side may be empty;
 * undefined: there is no `=` at all.
 */
export function splitAssignment(statement: Part): AssignmentSides | undefined {
  const { text } = statement;
  const walrus = text.indexOf(":=");
  const operator = walrus < 0 ? "=" : ":=";
  const split = walrus < 0 ? text.indexOf("=") : walrus;
  if (split < 0) return undefined;
  return {
    target: trimmed(slicePart(statement, 0, split)),
    operator,
    expression: trimmed(slicePart(statement, split + operator.length)),
  };
}
