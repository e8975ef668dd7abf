/** Costs of an edit. Swapped neighbours are the commonest slip of the hand; a wrong case is hardly one at all. */
const EDIT = 20;
const SWAP = 15;
const CASE = 2;

/** Nobody mistypes a longer word by a few letters; it bounds the time that a hostile input can take. */
const MAX_LENGTH = 256;

/**
 * The candidate that `word` was most likely meant to be, if any is near: at most one letter in three wrong (one in two of a
 * word of two), by Damerau-Levenshtein distance. Of equally near ones the first by UTF-16 code unit, so that the order
 * of the candidates does not matter. A candidate equal to `word` corrects nothing and is passed over.
 *
 * ```ts
 * didYouMean("expect_outptu", ["expect_output", "expect_error"]); // "expect_output"
 * ```
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > MAX_LENGTH) return undefined;
  let best: string | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === word || candidate.length > MAX_LENGTH) continue;
    const cost = distance(word, candidate, Math.min(bestCost, limitOf(word, candidate)));
    if (cost < bestCost || (cost === bestCost && best !== undefined && candidate < best)) {
      best = candidate;
      bestCost = cost;
    }
  }
  return best;
}

function limitOf(word: string, candidate: string): number {
  const length = Math.max(word.length, candidate.length);
  // Half of the letters must be right at least: of one letter, only its case can be wrong.
  return Math.min(Math.max(1, Math.floor(word.length / 3)) * EDIT, (length * EDIT) / 2);
}

/** The cost of the cheapest edits that make `a` into `b`, swapping only neighbours; infinite above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) * EDIT > limit) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j * EDIT);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i * EDIT];
    for (let j = 1; j <= b.length; j += 1) {
      const above = at(last, j) + EDIT;
      const beside = at(row, j - 1) + EDIT;
      const across = at(last, j - 1) + replaceCost(a.charAt(i - 1), b.charAt(j - 1));
      const swapped =
        i > 1 && j > 1 && a.charAt(i - 1) === b.charAt(j - 2) && a.charAt(i - 2) === b.charAt(j - 1)
          ? at(beforeLast, j - 2) + SWAP
          : Number.POSITIVE_INFINITY;
      row.push(Math.min(above, beside, across, swapped));
    }
    // A swap reaches over one row, so both of them must be beyond the limit before nothing can come of it.
    if (Math.min(...row) > limit && Math.min(...last) > limit) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = row;
  }
  const cost = at(last, b.length);
  return cost <= limit ? cost : Number.POSITIVE_INFINITY;
}

function replaceCost(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE : EDIT;
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
