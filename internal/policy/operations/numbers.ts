import type { Json } from "../../value/mod.ts";
import { PolicyFault } from "./policy_fault.ts";

/** A number, or a boolean as 0 or 1 (flows §5); undefined for anything else. */
export function numberOf(value: Json): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** As `numberOf`, for a number without fraction. */
export function integerOf(value: Json): number | undefined {
  const number = numberOf(value);
  return number !== undefined && Number.isInteger(number) ? number : undefined;
}

/**
 * A result as a value: there is no negative zero.
 *
 * @throws PolicyFault for one that is not finite
 */
export function finite(result: number): number {
  if (!Number.isFinite(result)) throw new PolicyFault("the result is not a finite number");
  return result + 0;
}

const DECIMAL = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const INTEGER = /^[+-]?[0-9]+$/;

/** The number that a decimal text says, blanks around it apart; undefined for another text and for one beyond all doubles. */
export function decimalOf(text: string): number | undefined {
  return textNumber(text, DECIMAL);
}

/** The same for an integer text. */
export function integerTextOf(text: string): number | undefined {
  return textNumber(text, INTEGER);
}

function textNumber(text: string, pattern: RegExp): number | undefined {
  const trimmed = text.trim();
  const value = pattern.test(trimmed) ? Number(trimmed) : Number.NaN;
  return Number.isFinite(value) ? value + 0 : undefined;
}
