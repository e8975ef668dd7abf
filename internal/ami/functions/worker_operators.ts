import { compareCodePoints } from "./worker_code_points.ts";
import { fail, wrongType } from "./worker_failure.ts";
import type { Run } from "./worker_run.ts";
import { concat } from "./worker_text.ts";
import type { Value } from "./worker_value.ts";

// The operators on values (pipelines §4). No coercion anywhere; numbers are doubles and never become infinite. Zero has no
// sign in JSON, so where a sign could come about 0 is added.

/** A result that must be finite. */
export function finite(op: string, result: number): number {
  // Also NaN fails this comparison.
  if (Math.abs(result) <= Number.MAX_VALUE) return result;
  return fail("E_WORKER_ARITH", `the result of ${op} is not a finite number`);
}

export function add(run: Run, a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return finite("+", a + b);
  if (typeof a === "string" && typeof b === "string") return concat(run, a, b);
  return wrongType("+ takes two numbers or two strings", a, b);
}

export function subtract(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return finite("-", a - b);
  return wrongType("- takes two numbers", a, b);
}

export function multiply(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return finite("*", a * b) + 0;
  return wrongType("* takes two numbers", a, b);
}

export function divide(a: Value, b: Value): number {
  if (typeof a !== "number" || typeof b !== "number") return wrongType("/ takes two numbers", a, b);
  if (b === 0) fail("E_WORKER_ARITH", "division by zero");
  return finite("/", a / b) + 0;
}

/** The remainder with the sign of the dividend. */
export function remainder(a: Value, b: Value): number {
  if (typeof a !== "number" || typeof b !== "number") return wrongType("% takes two numbers", a, b);
  if (b === 0) fail("E_WORKER_ARITH", "division by zero");
  return finite("%", a % b) + 0;
}

export function negate(value: Value): number {
  return typeof value === "number" ? 0 - value : wrongType("- takes a number", value);
}

export function not(value: Value): boolean {
  return typeof value === "boolean" ? !value : wrongType("! takes a bool", value);
}

/** Negative if `a` is less, 0 if they are equal, else positive. */
export function compare(run: Run, op: string, a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a !== "string" || typeof b !== "string") return wrongType(`${op} takes two numbers or two strings`, a, b);
  // Not a scan: this goes unit by unit.
  if (a.length >= 4 && b.length >= 4) run.work(Math.min(a.length, b.length) / 4);
  return compareCodePoints(a, b);
}

/** The bool that a condition, `&&` or `||` takes. */
export function bool(what: string, value: Value): boolean {
  return typeof value === "boolean" ? value : wrongType(`${what} takes a bool`, value);
}
