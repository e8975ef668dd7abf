import { equal } from "./equal.ts";
import { isObject, type Json, type Value } from "./json.ts";
import { pathIndex, pathKey } from "./path.ts";
import { sortKeys } from "./sort_keys.ts";
import { writeCanonical } from "./write_canonical.ts";

/** One place where two values differ. Keys stand in the order of ami-tests §5, paths are those of scenarios.md §1. */
export type Difference<V = Json> =
  | { path: string; kind: "missing"; expected: V }
  | { path: string; kind: "unexpected"; actual: V }
  | { path: string; kind: "changed"; expected: V; actual: V }
  | { path: string; kind: "reordered"; expected: V[]; actual: V[] };

/**
 * The structural difference of two values (ami-tests §5), empty if they are equal. Object keys of both sides are visited
 * together in the order of UTF-16 code units, array elements by index; two arrays that hold the same elements in another
 * order are one `reordered`.
 */
export function diff(expected: Json, actual: Json): Difference[];
export function diff(expected: Value, actual: Value): Difference<Value>[];
export function diff(expected: Value, actual: Value): Difference<Value>[] {
  const found: Difference<Value>[] = [];
  // Nearly all comparisons hold, and this answer is ten times cheaper.
  if (equal(expected, actual)) return found;
  compare(expected, actual, "$", found);
  return found;
}

function compare(expected: Value, actual: Value, path: string, found: Difference<Value>[]): void {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    compareArrays(expected, actual, path, found);
  } else if (isObject(expected) && isObject(actual)) {
    for (const key of sortKeys([...new Set([...Object.keys(expected), ...Object.keys(actual)])])) {
      compareMembers(own(expected, key), own(actual, key), path + pathKey(key), found);
    }
  } else if (!equal(expected, actual)) {
    found.push({ path, kind: "changed", expected, actual });
  }
}

function compareArrays(expected: Value[], actual: Value[], path: string, found: Difference<Value>[]): void {
  if (reordered(expected, actual)) {
    found.push({ path, kind: "reordered", expected, actual });
    return;
  }
  for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
    compareMembers(expected[index], actual[index], path + pathIndex(index), found);
  }
}

/** Undefined stands for a member that one side does not have. */
function compareMembers(
  expected: Value | undefined,
  actual: Value | undefined,
  path: string,
  found: Difference<Value>[],
): void {
  if (expected === undefined) {
    if (actual !== undefined) found.push({ path, kind: "unexpected", actual });
  } else if (actual === undefined) {
    found.push({ path, kind: "missing", expected });
  } else {
    compare(expected, actual, path, found);
  }
}

function own(object: { [key: string]: Value }, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** True if the arrays differ, but in order alone. Only elements that differ from their neighbour opposite are written. */
function reordered(expected: Value[], actual: Value[]): boolean {
  if (expected.length !== actual.length) return false;
  const counts = new Map<string, number>();
  let moved = 0;
  for (const [index, wanted] of expected.entries()) {
    const opposite = actual[index];
    if (opposite === undefined || equal(wanted, opposite)) continue;
    moved++;
    count(counts, writeCanonical(wanted), 1);
    count(counts, writeCanonical(opposite), -1);
  }
  return moved > 0 && counts.size === 0;
}

/** Adds to a count; what comes out even is forgotten. */
function count(counts: Map<string, number>, key: string, by: number): void {
  const sum = (counts.get(key) ?? 0) + by;
  if (sum === 0) counts.delete(key);
  else counts.set(key, sum);
}
