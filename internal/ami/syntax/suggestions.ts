import { didYouMean } from "../../diag/mod.ts";

/** Pairs of letters that the checks of one package may compare to guess what was meant: some tenths of a second. */
const MOST_PAIRS = 20_000_000;

/**
 * Guesses what misspelt words were meant to be, until it has compared enough: a file of ten thousand unknown names among ten
 * thousand steps would take minutes otherwise. The first findings of a package are those that get help.
 */
export class Suggestions {
  #left = MOST_PAIRS;

  /** The nearest of `candidates`, if one is near. */
  nearest(word: string, candidates: Iterable<string>): string | undefined {
    const some: string[] = [];
    for (const candidate of candidates) {
      if (this.#left <= 0) return undefined;
      this.#left -= 1 + word.length * candidate.length;
      some.push(candidate);
    }
    return didYouMean(word, some);
  }
}
