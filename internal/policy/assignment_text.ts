/** An assignment as it is written, split into what is assigned to and what is assigned. */
export interface AssignmentText {
  readonly target: string;
  readonly operator: "=" | ":=";
  readonly expression: string;
  /** UTF-16 index of the expression in the text. */
  readonly expressionAt: number;
}

/**
 * Splits a text once, at its first `:=` if it has one, else at its first `=` (flows §4). Undefined for one without `=`.
 * Target and expression may come out empty.
 */
export function splitAssignment(text: string): AssignmentText | undefined {
  const walrus = text.indexOf(":=");
  const operator = walrus >= 0 ? ":=" : "=";
  const at = walrus >= 0 ? walrus : text.indexOf("=");
  if (at < 0) return undefined;
  const behind = text.slice(at + operator.length);
  const expressionAt = text.length - behind.trimStart().length;
  return { target: text.slice(0, at).trim(), operator, expression: behind.trim(), expressionAt };
}
