/** A piece of one line of a file. */
export interface Part {
  readonly text: string;
  /** Where it begins: a UTF-16 index into the file's text. */
  readonly at: number;
}

/** The part without the blanks on both of its sides. */
export function trimmed({ text, at }: Part): Part {
  const end = text.trimEnd();
  const core = end.trimStart();
  return { text: core, at: at + end.length - core.length };
}

/** A piece of a part, between two indexes into its text. */
export function slicePart({ text, at }: Part, start: number, end: number = text.length): Part {
  return { text: text.slice(start, end), at: at + start };
}

/** The words of a part: what stands between blanks. */
export function wordsOf({ text, at }: Part): readonly Part[] {
  return [...text.matchAll(/\S+/g)].map((word) => ({ text: word[0], at: at + word.index }));
}
