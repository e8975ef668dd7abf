import type { RunEnd, Totals } from "../harness/mod.ts";

/**
 * The one line at the end of a run whose list of words is machine-checkable (cli.md, plumb test):
 * `plumb test: 21 passed, 8 failed, 1 skipped (30 cases, 0.03 s, seed 42)`.
 */
export function summaryLine(end: RunEnd, seed: number | undefined): string {
  const seconds = (end.duration_ms / 1000).toFixed(2);
  const chance = seed === undefined ? "" : `, seed ${seed}`;
  return `plumb test: ${counts(end.totals)} (${end.totals.cases} cases, ${seconds} s${chance})`;
}

function counts({ pass, fail, skip, known, stale }: Totals): string {
  const base = `${pass} passed, ${fail} failed, ${skip} skipped`;
  return known === undefined ? base : `${base}, ${known} known, ${stale ?? 0} stale`;
}
