import type { Finding } from "../../diag/mod.ts";
import { type Strict, writeCanonical } from "../../value/mod.ts";
import { type PathDifference, pathDifferences } from "./path_differences.ts";

/** What a step's completion should be, its variables filled in. */
export interface ExpectedCompletion {
  readonly case: string;
  /** Named fields, in written order. */
  readonly result: readonly (readonly [field: string, value: Strict])[];
  /** undefined: named fields equal, others free; true: no others; false: named fields as subsets (scenarios.md §8). */
  readonly exact: boolean | undefined;
}

/** What a step's completion is. */
export interface ActualCompletion {
  readonly case: string;
  readonly result: { readonly [field: string]: Strict };
}

/** Holds a completion to its expectation: the case first, then the fields in written order. `step` is `step 1` or `setup 1`. */
export function judgeResult(step: string, expected: ExpectedCompletion, actual: ActualCompletion): Finding[] {
  const findings: Finding[] = [];
  if (expected.case !== actual.case) {
    findings.push({
      code: "E_EXPECT_MISMATCH",
      message: `${step}: expected case ${quoted(expected.case)}, got ${quoted(actual.case)}`,
      data: { path: "case", expected: expected.case, actual: actual.case },
    });
  }
  for (const difference of differences(expected, actual.result)) findings.push(mismatch(step, difference));
  return findings;
}

function differences(
  { result, exact }: ExpectedCompletion,
  actual: { readonly [field: string]: Strict },
): PathDifference[] {
  const found: PathDifference[] = [];
  for (const [field, wanted] of result) {
    const value = Object.hasOwn(actual, field) ? actual[field] : undefined;
    if (value === undefined) found.push({ kind: "missing", path: field, expected: wanted });
    else found.push(...pathDifferences(field, wanted, value, exact === false ? "subset" : "equal"));
  }
  if (exact !== true) return found;
  const named = new Set(result.map(([field]) => field));
  for (const [field, value] of Object.entries(actual)) {
    if (!named.has(field)) found.push({ kind: "unexpected", path: field, actual: value });
  }
  return found;
}

/** Of its path `$` is the result (§1). */
function mismatch(step: string, difference: PathDifference): Finding {
  const { path } = difference;
  return {
    code: "E_EXPECT_MISMATCH",
    message: `${step}: ${sentence(difference)}`,
    data: { ...values(difference), path: `$.${path}` },
  };
}

function values(difference: PathDifference): Record<string, unknown> {
  return {
    ...("expected" in difference ? { expected: difference.expected } : {}),
    ...("actual" in difference ? { actual: difference.actual } : {}),
  };
}

function sentence(difference: PathDifference): string {
  const { path } = difference;
  switch (difference.kind) {
    case "changed":
      return `field "${path}" expected ${writeCanonical(difference.expected)}, got ${writeCanonical(difference.actual)}`;
    case "missing":
      return `missing result field "${path}"`;
    case "unexpected":
      return `unexpected result field "${path}"`;
  }
}

function quoted(text: string): string {
  return writeCanonical(text);
}
