/** The longest word that a message repeats. */
const SHOWN_WORD = 20;
const WORD = /^[\p{L}\p{N}_.+-]+/u;
const VISIBLE = /^[\p{L}\p{N}\p{P}\p{S} ]$/u;

/** What stands at `index` of a text, for a message: `"x"`, `"tru"`, `a line break`, `the end of the text`. */
export function foundToken(text: string, index: number): string {
  const word = WORD.exec(text.slice(index, index + SHOWN_WORD + 1))?.[0];
  if (word === undefined) return foundCharacter(text, index);
  return word.length > SHOWN_WORD ? `"${word.slice(0, SHOWN_WORD)}…"` : `"${word}"`;
}

/** The same for one character, where a word would say too much. */
export function foundCharacter(text: string, index: number): string {
  const code = text.codePointAt(index);
  if (code === undefined) return "the end of the text";
  if (code === 0x0a || code === 0x0d) return "a line break";
  if (code === 0x09) return "a tab";
  const character = String.fromCodePoint(code);
  if (character === '"') return "'\"'";
  return VISIBLE.test(character)
    ? `"${character}"`
    : `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** What other languages write, and what to write instead. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['"True"', "write true"],
  ['"False"', "write false"],
  ['"None"', "write null"],
  ['"nil"', "write null"],
  ['"undefined"', "write null"],
  ['"\'"', "texts and keys stand in double quotes"],
]);

/** A help for what `foundToken` said, if it is a word of another language. */
export function foreignHelp(found: string): string | undefined {
  return FOREIGN.get(found);
}
