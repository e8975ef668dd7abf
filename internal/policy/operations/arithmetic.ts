import type { Json } from "../../value/mod.ts";
import type { ArithmeticOperator } from "../syntax/expression.ts";
import { found } from "./found.ts";
import type { Meter } from "./meter.ts";
import { finite, integerOf, numberOf } from "./numbers.ts";
import { PolicyFault } from "./policy_fault.ts";

type Operation = (a: Json, b: Json, meter: Meter) => Json;

/** The table of operations of flows §5. */
export const ARITHMETIC: Readonly<Record<ArithmeticOperator, Operation>> = {
  "+": (a, b, meter) => {
    if (typeof a === "number" && typeof b === "number") return finite(a + b);
    if (typeof a === "string" && typeof b === "string") return meter.made(a + b);
    if (Array.isArray(a) && Array.isArray(b)) return meter.made(a.concat(b));
    return onNumbers("+", a, b, (x, y) => x + y, "numbers, text with text or list with list");
  },
  "-": (a, b) => onNumbers("-", a, b, (x, y) => x - y),
  "*": (a, b, meter) => {
    if (typeof a === "number" && typeof b === "number") return finite(a * b);
    if (typeof a === "string" || Array.isArray(a)) return repeated(a, b, meter);
    if (typeof b === "string" || Array.isArray(b)) return repeated(b, a, meter);
    return onNumbers("*", a, b, (x, y) => x * y, REPEATING);
  },
  "/": (a, b) => onNumbers("/", a, b, (x, y) => x / nonZero(y)),
  "//": (a, b) => onNumbers("//", a, b, (x, y) => floored(x, nonZero(y))),
  "%": (a, b) => onNumbers("%", a, b, (x, y) => modulo(x, nonZero(y))),
};

const REPEATING = "numbers, or text or a list with an integer";

/** `a ** b`. */
export function power(a: Json, b: Json): number {
  return onNumbers("**", a, b, (x, y) => {
    if (x === 0 && y < 0) throw new PolicyFault("zero has no negative power");
    if (x < 0 && !Number.isInteger(y)) throw new PolicyFault("a negative number has no fractional power");
    return x ** y;
  });
}

/** `-a` or `+a`. */
export function signed(operator: "+" | "-", a: Json): number {
  const number = numberOf(a);
  if (number === undefined) throw new PolicyFault(`'${operator}' takes a number, found ${found(a)}`);
  return operator === "-" ? finite(-number) : number;
}

function onNumbers(
  operator: string,
  a: Json,
  b: Json,
  operation: (x: number, y: number) => number,
  takes = "numbers",
): number {
  const x = numberOf(a);
  const y = numberOf(b);
  if (x === undefined || y === undefined) {
    throw new PolicyFault(`'${operator}' takes ${takes}, found ${found(a)} and ${found(b)}`);
  }
  return finite(operation(x, y));
}

function repeated(value: string | Json[], times: Json, meter: Meter): Json {
  const count = integerOf(times);
  if (count === undefined) throw new PolicyFault(`'*' takes ${REPEATING}, found ${found(value)} and ${found(times)}`);
  meter.checkTimes(value, count);
  if (count <= 0 || value.length === 0) return typeof value === "string" ? "" : [];
  if (typeof value === "string") return meter.made(value.repeat(count));
  const items: Json[] = [];
  for (let time = 0; time < count; time++) for (const item of value) items.push(item);
  return meter.made(items);
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new PolicyFault("division by zero");
  return divisor;
}

/** The remainder with the sign of the divisor. */
function modulo(x: number, y: number): number {
  const rest = x % y;
  return rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
}

/** The whole quotient below, such that `x == (x // y) * y + x % y`: `1 // 0.1` is 9, because 0.1 is a little more than a tenth. */
function floored(x: number, y: number): number {
  const rest = x % y;
  const quotient = (x - rest) / y - (rest !== 0 && rest < 0 !== y < 0 ? 1 : 0);
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}
