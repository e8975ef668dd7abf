/** No word of JavaScript: where it stands in code, the code cannot be read any more. */
const NO_WORD = "1a";

/** More of them are not looked at one by one. */
const MOST = 200;

/**
 * Where `word` stands in code that can be read, and not in a string, template, regular expression or comment: the UTF-16 index of
 * its first place of those that `pattern` (global, sticky to `word`) finds. The reader of the language is asked, instead of a
 * second one being written: it must fail when the word is spoilt. After many places in texts the next counts as code.
 */
export function findInCode(
  text: string,
  pattern: RegExp,
  word: string,
  reads: (text: string) => boolean,
): number | undefined {
  const places = [...text.matchAll(pattern)].map(({ index }) => index);
  const spoilt = (index: number): string => text.slice(0, index) + NO_WORD + text.slice(index + word.length);
  return places.find((index, at) => at >= MOST || !reads(spoilt(index)));
}
