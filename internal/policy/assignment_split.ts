/** Where an assignment is split: at the UTF-16 index of its operator. */
export interface AssignmentSplit {
  readonly at: number;
  readonly operator: "=" | ":=";
}

/** Finds where a text is split, once: at its first `:=` if it has one, else at its first `=` (flows §4). Undefined: it has none. */
export function assignmentSplit(text: string): AssignmentSplit | undefined {
  const walrus = text.indexOf(":=");
  if (walrus >= 0) return { at: walrus, operator: ":=" };
  const equals = text.indexOf("=");
  return equals < 0 ? undefined : { at: equals, operator: "=" };
}
