import type { PragmaLine } from "./pragma_line.ts";
import { QUOTE, SLASH, sourceStart, stringEnd } from "./source_text.ts";
import { TriviaReader } from "./trivia.ts";

/** What can be said of a `.ami` text without parsing it. */
export interface SourceScan {
  /** In the order of the lines. */
  readonly pragmas: readonly PragmaLine[];
  /**
   * Whether any token stands outside comments and pragma lines. A block comment that does not end counts as one: it is
   * a syntax error, which only the parser can report, and the pragma lines it swallows must not vanish silently.
   */
  readonly hasSource: boolean;
  /** The name behind `package`, if that is the first token. */
  readonly packageName: string | undefined;
}

/**
 * Finds the pragma lines of a text, in time linear in its length (pipelines §1, ami-tests §1). Strings are the only
 * tokens that matter to that: they may hold comment signs.
 *
 * @example
 * scanSource("package app\n#pragma test:case a b").pragmas[0]?.name; // "test:case"
 */
export function scanSource(text: string): SourceScan {
  const trivia = new TriviaReader(text);
  const first = trivia.skip(sourceStart(text));
  const hasSource = first < text.length || trivia.unclosed !== undefined;
  let index = first;
  while (index < text.length) index = trivia.skip(afterToken(text, index));
  return { pragmas: trivia.pragmas, hasSource, packageName: packageNameAt(text, first) };
}

/** After the string or the run of ordinary characters that begins at `index`. */
function afterToken(text: string, index: number): number {
  if (text.charCodeAt(index) === QUOTE) return stringEnd(text, index);
  let end = index + 1;
  // Blanks, line ends, quotes, slashes and the sign of a pragma all have lower codes than letters and digits.
  while (text.charCodeAt(end) > SLASH) end += 1;
  return end;
}

const PACKAGE = /package[ \t]+([\p{L}_][\p{L}\p{Nd}_]*)/uy;

function packageNameAt(text: string, index: number): string | undefined {
  PACKAGE.lastIndex = index;
  return PACKAGE.exec(text)?.[1];
}
