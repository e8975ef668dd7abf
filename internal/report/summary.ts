import type { RunEnd, Totals } from "../harness/mod.ts";
import { counted } from "./counted.ts";

/**
 * The one line at the end of a run whose list of words is machine-checkable (cli.md, plumb test):
 * `plumb test: 21 passed, 8 failed, 1 skipped (30 cases, 0.03 s, seed 42)`.
 */
export function summaryLine(end: RunEnd, seed: number | undefined): string {
  const seconds = (end.duration_ms / 1000).toFixed(2);
  const chance = seed === undefined ? "" : `, seed ${seed}`;
  return `plumb test: ${counts(end.totals)} (${end.totals.cases} cases, ${seconds} s${chance})`;
}

/**
 * The summary and what stands above it: what became of principles, and the completions for which no body ran (scenarios.md §3,
 * §7): `plumb test: ASSUMED 4 completions in 2 cases: no body ran for them`.
 */
export function summaryLines(end: RunEnd, seed: number | undefined, assumedCases: number): readonly string[] {
  const { principles } = end.totals;
  const assumed = assumedText(end.totals.assumed, assumedCases);
  return [
    ...(principles === undefined ? [] : [principlesText(principles)]),
    ...(assumed === undefined ? [] : [`plumb test: ${assumed}`]),
    summaryLine(end, seed),
  ];
}

/** Undefined: nothing was assumed. */
export function assumedText(assumed: number | undefined, cases: number): string | undefined {
  if (assumed === undefined) return undefined;
  const them = assumed === 1 ? "it" : "them";
  return `ASSUMED ${counted(assumed, "completion")} in ${counted(cases, "case")}: no body ran for ${them}`;
}

function principlesText({ held, broken, untested }: NonNullable<Totals["principles"]>): string {
  return `plumb test: principles: ${held} held, ${broken} broken, ${untested} untested`;
}

function counts({ pass, fail, skip, known, stale }: Totals): string {
  const base = `${pass} passed, ${fail} failed, ${skip} skipped`;
  return known === undefined ? base : `${base}, ${known} known, ${stale ?? 0} stale`;
}
