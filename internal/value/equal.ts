import type { Value } from "./json.ts";

/** True if two values have the same canonical JSON (scenarios.md §1), found without writing it. `3` is not `"3"`. */
export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && equalArrays(a, b);
  if (typeof a === "object" && a !== null) {
    return typeof b === "object" && b !== null && !Array.isArray(b) && equalObjects(a, b);
  }
  return equalNumbers(a, b);
}

function equalArrays(a: Value[], b: Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) {
    const left = a[index];
    const right = b[index];
    if (left === undefined || right === undefined || !equal(left, right)) return false;
  }
  return true;
}

function equalObjects(a: { [key: string]: Value }, b: { [key: string]: Value }): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    // Not `b[key]` alone: an object has more names than its own ("constructor").
    if (!Object.hasOwn(b, key)) return false;
    const left = a[key];
    const right = b[key];
    if (left === undefined || right === undefined || !equal(left, right)) return false;
  }
  return true;
}

/** A strict int may be a number or a bigint; one value then has one text. */
function equalNumbers(a: Value, b: Value): boolean {
  if (typeof a === "bigint") return typeof b === "number" && String(a) === String(b);
  return typeof a === "number" && typeof b === "bigint" && String(a) === String(b);
}
