import type { FirstDifference } from "./first_difference.ts";

/**
 * A first difference as text (scenarios §10), without a final line end: `heading`, then equal lines behind two blanks,
 * expected ones behind `- `, actual ones behind `+ `, then the differing paths. Lines are whole.
 */
export function renderDifference(heading: string, difference: FirstDifference): string {
  const { before, expected, actual, paths } = difference;
  return [heading, ...before.map((line) => `  ${line}`), ...side("-", expected), ...side("+", actual), ...paths].join(
    "\n",
  );
}

/** The difference of a golden file: `golden/a.golden.jsonl:8: first difference (- expected, + actual)` and so on. */
export function renderGoldenDifference(file: string, difference: FirstDifference): string {
  return renderDifference(`${file}:${difference.line}: first difference (- expected, + actual)`, difference);
}

function side(sign: "-" | "+", lines: readonly string[]): string[] {
  return (lines.length === 0 ? ["(end of trace)"] : lines).map((line) => `${sign} ${line}`);
}
