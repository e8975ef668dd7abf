import { type Json, orderCodePoints } from "../value/mod.ts";

/** The groups of values in their order (pipelines §9); null, missing, lists and maps are the last one. */
const GROUP = { bool: 0, number: 1, string: 2, nan: 3, other: 4 } as const;

/**
 * Compares two field values as Sort and Key do (pipelines §9): bool < number < string, turned round by `descending`; then
 * NaN; then null, missing, lists and maps, which tie. Negative if `a` comes first, positive if `b` does, 0 for a tie.
 */
export function orderValues(a: Json | undefined, b: Json | undefined, descending: boolean): number {
  const groupA = group(a);
  const groupB = group(b);
  // NaN and what cannot be ordered stay behind, whichever way the rest is turned.
  if (groupA >= GROUP.nan || groupB >= GROUP.nan) return groupA - groupB;
  const order = groupA === groupB ? within(a, b) : groupA - groupB;
  return descending ? -order : order;
}

/**
 * A number that agrees with `orderValues` as far as numbers can: a smaller one comes first; where two are equal, only
 * finite ones are a tie for certain. Never NaN. Comparing these costs a fraction of comparing the values.
 */
export function orderNumber(value: Json | undefined, descending: boolean): number {
  if (typeof value === "number" && !Number.isNaN(value)) return descending ? -value : value;
  // The groups at the front and at the back of the numbers.
  const front = typeof value === (descending ? "string" : "boolean");
  return front ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function group(value: Json | undefined): number {
  switch (typeof value) {
    case "number":
      return Number.isNaN(value) ? GROUP.nan : GROUP.number;
    case "string":
      return GROUP.string;
    case "boolean":
      return GROUP.bool;
    default:
      return GROUP.other;
  }
}

function within(a: Json | undefined, b: Json | undefined): number {
  if (typeof a === "string" && typeof b === "string") return orderCodePoints(a, b);
  // Not the difference: it rounds, and that of two infinities is NaN.
  const left = Number(a);
  const right = Number(b);
  return left < right ? -1 : left > right ? 1 : 0;
}
