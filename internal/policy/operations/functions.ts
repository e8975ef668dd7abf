import { isObject, type Json } from "../../value/mod.ts";
import { codePoints } from "../syntax/syntax_error.ts";
import { ordered } from "./comparison.ts";
import { found } from "./found.ts";
import type { Meter } from "./meter.ts";
import { decimalOf, finite, integerOf, integerTextOf, numberOf } from "./numbers.ts";
import { PolicyFault } from "./policy_fault.ts";
import { roundHalfEven } from "./round_half_even.ts";
import { isEmpty } from "./truthy.ts";

/** What functions need of an evaluation. */
export interface Chance extends Meter {
  /** The next draw in [0, 1). */
  draw(): number;
}

/** A function of flows §5 and how many arguments it takes. */
export interface PolicyFunction {
  readonly min: number;
  readonly max: number;
  readonly call: (args: readonly Json[], run: Chance) => Json;
}

export const FUNCTIONS: ReadonlyMap<string, PolicyFunction> = new Map(
  Object.entries<PolicyFunction>({
    coalesce: { min: 0, max: Number.POSITIVE_INFINITY, call: (args) => args.find(isGiven) ?? null },
    first_numeric: { min: 1, max: 1, call: ([x = null], run) => firstNumeric(x, run) },
    random: { min: 1, max: 1, call: ([list = null], run) => drawn(list, run) },
    min: { min: 1, max: Number.POSITIVE_INFINITY, call: (args, run) => extreme("min", args, run) },
    max: { min: 1, max: Number.POSITIVE_INFINITY, call: (args, run) => extreme("max", args, run) },
    abs: { min: 1, max: 1, call: ([n = null]) => Math.abs(number("abs", n)) },
    len: { min: 1, max: 1, call: ([x = null], run) => length(x, run) },
    float: { min: 1, max: 1, call: ([n = null]) => (typeof n === "string" ? decimal(n) : number("float", n)) },
    int: { min: 1, max: 1, call: ([n = null]) => (typeof n === "string" ? integer(n) : whole("int", n)) },
    round: { min: 1, max: 2, call: ([n = null, digits = null]) => rounded(n, digits) },
  }),
);

/** How many arguments are wrong, as a sentence; undefined if they are right in number. */
export function arityFault(name: string, count: number): string | undefined {
  const rule = FUNCTIONS.get(name);
  if (rule === undefined || (count >= rule.min && count <= rule.max)) return undefined;
  const many = Number.isFinite(rule.max) ? `${rule.min} or ${rule.max} arguments` : `at least ${rule.min} argument`;
  const wanted = rule.min === rule.max ? `${rule.min} argument` : many;
  return `${name} takes ${wanted}, found ${count}`;
}

/** 0 and False are given; None, `""`, `[]` and `{}` are not. */
function isGiven(value: Json): boolean {
  if (typeof value === "object") return value !== null && !isEmpty(value);
  return value !== "";
}

function firstNumeric(x: Json, run: Meter): number | null {
  if (typeof x !== "object" || x === null) return null;
  const items = isObject(x) ? Object.values(x) : x;
  run.work(items.length);
  for (const item of items) {
    const value = typeof item === "string" ? decimalOf(item) : numberOf(item);
    if (value !== undefined) return value;
  }
  return null;
}

function drawn(list: Json, run: Chance): Json {
  if (!Array.isArray(list)) throw new PolicyFault(`random takes a list, found ${found(list)}`);
  if (list.length === 0) return null;
  // A source that was made by hand may give what no generator draws.
  const at = Math.max(0, Math.min(Math.floor(run.draw() * list.length), list.length - 1));
  return list[at] ?? null;
}

function extreme(name: "min" | "max", args: readonly Json[], run: Meter): Json {
  const [only = null] = args;
  if (args.length === 1 && !Array.isArray(only)) {
    throw new PolicyFault(`${name} takes two or more arguments or one list, found ${found(only)}`);
  }
  const items = args.length === 1 && Array.isArray(only) ? only : args;
  run.work(items.length);
  let [best] = items;
  if (best === undefined) throw new PolicyFault(`${name} takes a list that is not empty`);
  for (let at = 1; at < items.length; at++) {
    const item = items[at] ?? null;
    const order = ordered("<", item, best, run);
    if (name === "min" ? order < 0 : order > 0) best = item;
  }
  return best;
}

function length(x: Json, run: Meter): number {
  if (Array.isArray(x)) return x.length;
  if (typeof x === "string") {
    run.work(x.length);
    return codePoints(x, x.length);
  }
  if (!isObject(x)) throw new PolicyFault(`len takes text, a list or a mapping, found ${found(x)}`);
  return Object.keys(x).length;
}

function rounded(n: Json, digits: Json): number {
  const value = number("round", n);
  if (digits === null) return finite(roundHalfEven(value, 0));
  const places = integerOf(digits);
  if (places === undefined) throw new PolicyFault(`round takes an integer number of digits, found ${found(digits)}`);
  return finite(roundHalfEven(value, places));
}

function number(name: string, value: Json): number {
  const result = numberOf(value);
  if (result === undefined)
    throw new PolicyFault(`${name} takes a number${WITH_TEXT.get(name) ?? ""}, found ${found(value)}`);
  return result;
}

const WITH_TEXT: ReadonlyMap<string, string> = new Map([
  ["float", " or decimal text"],
  ["int", " or integer text"],
]);

function whole(name: string, value: Json): number {
  return Math.trunc(number(name, value)) + 0;
}

function decimal(text: string): number {
  const value = decimalOf(text);
  if (value === undefined) throw new PolicyFault(`float takes a number or decimal text, found ${found(text)}`);
  return value;
}

function integer(text: string): number {
  const value = integerTextOf(text);
  if (value === undefined) throw new PolicyFault(`int takes a number or integer text, found ${found(text)}`);
  return value;
}
