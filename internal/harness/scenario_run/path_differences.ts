import { equal, isObject, pathIndex, pathKey, type Value } from "../../value/mod.ts";

/** A place where a value is not what was expected (scenarios.md §8). */
export type PathDifference =
  | { readonly kind: "changed"; readonly path: string; readonly expected: Value; readonly actual: Value }
  | { readonly kind: "missing"; readonly path: string; readonly expected: Value }
  | { readonly kind: "unexpected"; readonly path: string; readonly actual: Value };

/** `subset`: what the expected side does not name is free (scenarios.md §1, subset match). */
export type Comparison = "equal" | "subset";

/**
 * Where two values differ, in the written order of the expected one, what it does not name last. Unlike the structural diff
 * of internal/value an array of another length is one difference, and order is no difference of its own (scenarios.md §8).
 *
 * @param path what the paths begin with: `args` gives `args.lines[0]`; empty: `lines[0]`
 */
export function pathDifferences(path: string, expected: Value, actual: Value, how: Comparison): PathDifference[] {
  const found: PathDifference[] = [];
  // Nearly all comparisons hold, and this answer is cheaper.
  if (!equal(expected, actual)) compare(path, expected, actual, how, found);
  return found;
}

/** The path of a member: `name`, `a.name` or `a["any key"]`. */
export function memberPath(path: string, key: string): string {
  const step = pathKey(key);
  return path === "" && step.startsWith(".") ? key : path + step;
}

function compare(path: string, expected: Value, actual: Value, how: Comparison, found: PathDifference[]): void {
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    for (const [index, wanted] of expected.entries()) {
      const opposite = actual[index];
      if (opposite !== undefined) compare(path + pathIndex(index), wanted, opposite, how, found);
    }
  } else if (isObject(expected) && isObject(actual)) {
    compareMembers(path, expected, actual, how, found);
  } else if (!equal(expected, actual)) {
    found.push({ kind: "changed", path, expected, actual });
  }
}

type Members = { [key: string]: Value };

function compareMembers(
  path: string,
  expected: Members,
  actual: Members,
  how: Comparison,
  found: PathDifference[],
): void {
  for (const [key, wanted] of Object.entries(expected)) {
    const opposite = Object.hasOwn(actual, key) ? actual[key] : undefined;
    if (opposite === undefined) found.push({ kind: "missing", path: memberPath(path, key), expected: wanted });
    else compare(memberPath(path, key), wanted, opposite, how, found);
  }
  if (how === "subset") return;
  for (const [key, surplus] of Object.entries(actual)) {
    if (!Object.hasOwn(expected, key)) {
      found.push({ kind: "unexpected", path: memberPath(path, key), actual: surplus });
    }
  }
}
