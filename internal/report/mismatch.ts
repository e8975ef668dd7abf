import * as v from "valibot";
import type { Diagnostic } from "../diag/mod.ts";
import { counted } from "./counted.ts";
import { cutMiddle } from "./cut.ts";
import { typedPair, typedValue } from "./typed_value.ts";
import { visibleLine } from "./visible.ts";

/** The `data` of one difference (ami-tests §5); `kind` is absent in the records of scenarios. */
const DifferenceSchema = v.object({
  path: v.string(),
  kind: v.optional(v.string()),
  expected: v.optional(v.unknown()),
  actual: v.optional(v.unknown()),
});
export type ValueDifference = v.InferOutput<typeof DifferenceSchema>;

/** Findings that are told together: one finding alone, or all differences of one expectation. */
export interface FindingGroup {
  readonly first: Diagnostic;
  /** The further findings of a step, whose sentences are to be told too (scenarios.md §8). */
  readonly others: readonly Diagnostic[];
  readonly differences: readonly ValueDifference[];
}

/** A line of a structural diff: an expected value, a found one, or a remark. */
export interface DiffLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** Puts the differences of one expectation together: each has a diagnostic of its own, all at one position. */
export function groupFindings(findings: readonly Diagnostic[]): FindingGroup[] {
  const groups: { first: Diagnostic; others: Diagnostic[]; differences: ValueDifference[] }[] = [];
  for (const finding of findings) {
    const difference = differenceOf(finding);
    const last = groups.at(-1);
    if (difference === undefined) groups.push({ first: finding, others: [], differences: [] });
    else if (last !== undefined && last.differences.length > 0 && samePlace(last.first, finding)) {
      last.differences.push(difference);
      if (finding.code === OF_STEPS && last.others.length < MAX_DIFFERENCES) last.others.push(finding);
    } else groups.push({ first: finding, others: [], differences: [difference] });
  }
  return groups;
}

const MAX_DIFFERENCES = 40;
const OF_STEPS = "E_EXPECT_MISMATCH";
const MAX_VALUE = 2_000;
const MAX_PATH = 400;

/** The structural diff of some differences, its legend first (DESIGN, errors); large ones are cut and say so. */
export function diffLines(differences: readonly ValueDifference[]): DiffLine[] {
  const lines: DiffLine[] = [
    { sign: "-", text: "expected" },
    { sign: "+", text: "actual" },
  ];
  for (const difference of differences.slice(0, MAX_DIFFERENCES)) lines.push(...linesOf(difference));
  const left = differences.length - MAX_DIFFERENCES;
  if (left > 0) lines.push({ sign: " ", text: `… ${counted(left, "more difference")}; all of them with --json` });
  return lines;
}

function linesOf(difference: ValueDifference): DiffLine[] {
  const path = visibleLine(cutMiddle(difference.path, MAX_PATH));
  // Presence and not undefined decides: null is a value.
  const [has, found] = ["expected" in difference, "actual" in difference];
  if (has && found) {
    const [expected, actual] = typedPair(difference.expected, difference.actual, MAX_VALUE);
    const remark = difference.kind === "reordered" ? ", the same elements in another order" : "";
    return [
      { sign: "-", text: `${path}: ${expected}` },
      { sign: "+", text: `${path}: ${actual}${remark}` },
    ];
  }
  return has
    ? [{ sign: "-", text: `${path}: ${typedValue(difference.expected, MAX_VALUE)}` }]
    : [{ sign: "+", text: `${path}: ${typedValue(difference.actual, MAX_VALUE)}` }];
}

function differenceOf({ code, data }: Diagnostic): ValueDifference | undefined {
  if (!code.endsWith("_MISMATCH") || data === undefined || !("expected" in data || "actual" in data)) return undefined;
  const parsed = v.safeParse(DifferenceSchema, data);
  return parsed.success ? parsed.output : undefined;
}

function samePlace(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.file === b.file && a.pos?.offset === b.pos?.offset;
}
