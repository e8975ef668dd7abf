import { type Difference, diff, parseJson, parseStrict, type Value, writeCanonical } from "../value/mod.ts";

/** Where two texts of lines begin to differ, with what a report shows of it. Lines are without their `\n`. */
export interface FirstDifference {
  /** From 1. */
  readonly line: number;
  /** Up to three equal lines before it. */
  readonly before: readonly string[];
  /** Up to four lines of each side from there; empty: that side has ended. */
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  /** What differs within the first line, one sentence a path, sorted. */
  readonly paths: readonly string[];
}

const CONTEXT = 3;
const SHOWN = 4;

/** Compares byte by byte, line by line, and stops at the first difference (scenarios §10); undefined: the texts are equal. */
export function firstDifference(expected: string, actual: string): FirstDifference | undefined {
  if (expected === actual) return undefined;
  const [wanted, found] = [lines(expected), lines(actual)];
  let at = 0;
  while (wanted[at] !== undefined && wanted[at] === found[at]) at++;
  const shown = (all: readonly string[]): string[] => all.slice(at, at + SHOWN).map((line) => line.replace(/\n$/, ""));
  return {
    line: at + 1,
    before: wanted.slice(Math.max(0, at - CONTEXT), at).map((line) => line.replace(/\n$/, "")),
    expected: shown(wanted),
    actual: shown(found),
    paths: differingPaths(wanted[at], found[at]),
  };
}

/** Each line with its end, since a missing one is a difference too. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function differingPaths(expected: string | undefined, actual: string | undefined): string[] {
  if (expected === undefined || actual === undefined) return [];
  const [wanted, found] = [readValue(expected), readValue(actual)];
  if (wanted === undefined || found === undefined) return ["one of the lines is not JSON"];
  const differences = diff(wanted, found);
  if (differences.length === 0)
    return ["the lines hold the same value: they differ in white space, escapes or line ends"];
  return differences.map(sentence);
}

function sentence(difference: Difference<Value>): string {
  const expected = "expected" in difference ? writeCanonical(difference.expected) : "nothing";
  const actual = "actual" in difference ? writeCanonical(difference.actual) : "nothing";
  return `${difference.path}: expected ${expected}, got ${actual}`;
}

/** Integers exactly where the line is of the strict profile; else (the trace of a flow) as the general one has them. */
function readValue(line: string): Value | undefined {
  for (const parse of [parseStrict, parseJson]) {
    try {
      return parse(line);
    } catch {
      // The other profile, or no JSON at all.
    }
  }
  return undefined;
}
