import { equal, subset, type Value, writeCanonical } from "../../value/mod.ts";
import { type PathDifference, pathDifferences } from "./path_differences.ts";
import type { Executed } from "./run_trace.ts";

/** What an assertion asks of an invocation and its completion; undefined: anything. */
export interface Wanted {
  readonly action: string;
  readonly args?: Value | undefined;
  readonly case?: string | undefined;
  readonly result?: Value | undefined;
  /** The result is equal, not a subset. */
  readonly exact?: boolean;
  /** The sync that caused it. */
  readonly cause?: string | undefined;
}

/** Whether an invocation and its completion are what is wanted. */
export function fits(wanted: Wanted, { invocation, completion }: Executed): boolean {
  if (wanted.cause !== undefined && wanted.cause !== invocation.cause?.sync) return false;
  if (wanted.args !== undefined && !subset(wanted.args, invocation.args)) return false;
  if (wanted.case !== undefined && wanted.case !== completion?.output_case) return false;
  if (wanted.result === undefined) return true;
  if (completion === undefined) return false;
  return wanted.exact === true ? equal(wanted.result, completion.result) : subset(wanted.result, completion.result);
}

/** Where an invocation is not what is wanted; empty: it fits. */
function misses(wanted: Wanted, { invocation, completion }: Executed): PathDifference[] {
  const how = wanted.exact === true ? "equal" : "subset";
  return [
    ...(wanted.args === undefined ? [] : pathDifferences("args", wanted.args, invocation.args, "subset")),
    ...textMiss("case", wanted.case, completion?.output_case),
    ...(wanted.result === undefined ? [] : resultMisses(wanted.result, completion?.result, how)),
    ...textMiss("cause", wanted.cause, invocation.cause?.sync),
  ];
}

function resultMisses(wanted: Value, actual: Value | undefined, how: "equal" | "subset"): PathDifference[] {
  if (actual === undefined) return [{ kind: "missing", path: "result", expected: wanted }];
  return pathDifferences("result", wanted, actual, how);
}

function textMiss(path: string, expected: string | undefined, actual: string | undefined): PathDifference[] {
  if (expected === undefined || expected === actual) return [];
  return [actual === undefined ? { kind: "missing", path, expected } : { kind: "changed", path, expected, actual }];
}

/** What is wanted, in words: `A with args J, case "C", result J, caused by S`, the parts that are given (scenarios.md §8). */
export function wantedText({ action, args, case: wantedCase, result, exact, cause }: Wanted): string {
  const parts = [
    ...(args === undefined ? [] : [`args ${writeCanonical(args)}`]),
    ...(wantedCase === undefined ? [] : [`case ${writeCanonical(wantedCase)}`]),
    ...(result === undefined ? [] : [`result ${exact === true ? "exactly " : ""}${writeCanonical(result)}`]),
  ];
  const caused = cause === undefined ? [] : [`caused by ${cause}`];
  if (parts.length === 0) return [action, ...caused].join(" ");
  return `${action} with ${[...parts, ...caused].join(", ")}`;
}

/** The candidate with the fewest differing paths, of equal ones the earliest. */
export function closest(
  wanted: Wanted,
  candidates: readonly Executed[],
): { readonly executed: Executed; readonly differences: readonly PathDifference[] } | undefined {
  let best: { executed: Executed; differences: PathDifference[] } | undefined;
  for (const executed of candidates) {
    const differences = misses(wanted, executed);
    if (best === undefined || differences.length < best.differences.length) best = { executed, differences };
  }
  return best;
}
