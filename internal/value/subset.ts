import { equal } from "./equal.ts";
import { isObject, type Value } from "./json.ts";

/**
 * The subset match (scenarios.md §1): scalars are equal; every expected key is there and matches, whatever else is;
 * arrays have equal length and match element by element.
 */
export function subset(expected: Value, actual: Value): boolean {
  if (Array.isArray(expected)) return Array.isArray(actual) && subsetArrays(expected, actual);
  if (isObject(expected)) return isObject(actual) && subsetObjects(expected, actual);
  return equal(expected, actual);
}

function subsetArrays(expected: Value[], actual: Value[]): boolean {
  if (expected.length !== actual.length) return false;
  return expected.every((wanted, index) => {
    const found = actual[index];
    return found !== undefined && subset(wanted, found);
  });
}

function subsetObjects(expected: { [key: string]: Value }, actual: { [key: string]: Value }): boolean {
  return Object.keys(expected).every((key) => {
    const wanted = expected[key];
    const found = Object.hasOwn(actual, key) ? actual[key] : undefined;
    return wanted !== undefined && found !== undefined && subset(wanted, found);
  });
}
