import { isObject, type Json, orderCodePoints } from "../../value/mod.ts";
import type { ComparisonOperator } from "../syntax/expression.ts";
import { keyText } from "../syntax/key_text.ts";
import { found } from "./found.ts";
import type { Meter } from "./meter.ts";
import { numberOf } from "./numbers.ts";
import { PolicyFault } from "./policy_fault.ts";

type Comparison = (a: Json, b: Json, meter: Meter) => boolean;

/** The comparisons of flows §5. */
export const COMPARISONS: Readonly<Record<ComparisonOperator, Comparison>> = {
  "==": equals,
  "!=": (a, b, meter) => !equals(a, b, meter),
  "<": (a, b, meter) => ordered("<", a, b, meter) < 0,
  "<=": (a, b, meter) => ordered("<=", a, b, meter) <= 0,
  ">": (a, b, meter) => ordered(">", a, b, meter) > 0,
  ">=": (a, b, meter) => ordered(">=", a, b, meter) >= 0,
  in: contains,
  "not in": (a, b, meter) => !contains(a, b, meter),
  is: (a, b) => a === b,
  "is not": (a, b) => a !== b,
};

/** Deep equality; booleans are equal to 0 and 1. */
export function equals(a: Json, b: Json, meter: Meter): boolean {
  if (typeof a === "object" && typeof b === "object") meter.deepWork(a);
  return same(a, b);
}

function same(a: Json, b: Json): boolean {
  if (a === b) return true;
  const x = numberOf(a);
  if (x !== undefined) return x === numberOf(b);
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && same(a[key] ?? null, b[key] ?? null));
}

function sameItems(a: readonly Json[], b: readonly Json[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (!same(a[at] ?? null, b[at] ?? null)) return false;
  return true;
}

/** Below, at or above 0 as `a` is less than, equal to or greater than `b`. */
export function ordered(operator: string, a: Json, b: Json, meter: Meter): number {
  const x = numberOf(a);
  const y = numberOf(b);
  if (x !== undefined && y !== undefined) return x - y;
  if (typeof a === "string" && typeof b === "string") {
    meter.work(Math.min(a.length, b.length));
    return orderCodePoints(a, b);
  }
  if (!Array.isArray(a) || !Array.isArray(b)) {
    throw new PolicyFault(
      `'${operator}' compares number with number, text with text or list with list, found ${found(a)} and ${found(b)}`,
    );
  }
  meter.deepWork(a);
  for (const [at, item] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (!same(item, other)) return ordered(operator, item, other, meter);
  }
  return a.length - b.length;
}

function contains(a: Json, b: Json, meter: Meter): boolean {
  if (Array.isArray(b)) {
    if (typeof a === "object") meter.deepWork(b);
    else meter.work(b.length);
    return b.some((item) => same(a, item));
  }
  if (typeof b === "string" && typeof a === "string") {
    meter.work(b.length);
    return b.includes(a);
  }
  const key = isObject(b) ? keyText(a) : undefined;
  if (key === undefined || !isObject(b)) {
    throw new PolicyFault(
      `'in' finds a value in a list, a key in a mapping or text in text, found ${found(a)} in ${found(b)}`,
    );
  }
  return Object.hasOwn(b, key);
}
