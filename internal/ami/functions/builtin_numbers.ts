import { type Builtin, fixed, rest } from "./builtin.ts";
import { numberArg } from "./builtin_args.ts";

/** Adding 0 makes 0 of -0: zero has no sign in JSON. */
export const NUMBER_BUILTINS: readonly Builtin[] = [
  fixed("int(x)", (_, x) => Math.trunc(numberArg("int", x)) + 0),
  fixed("floor(x)", (_, x) => Math.floor(numberArg("floor", x)) + 0),
  fixed("ceil(x)", (_, x) => Math.ceil(numberArg("ceil", x)) + 0),
  fixed("round(x)", (_, x) => round(numberArg("round", x))),
  fixed("abs(x)", (_, x) => Math.abs(numberArg("abs", x))),
  rest("min(x…)", (_, xs) => xs.reduce((least: number, x) => Math.min(least, numberArg("min", x)), Infinity)),
  rest("max(x…)", (_, xs) => xs.reduce((most: number, x) => Math.max(most, numberArg("max", x)), -Infinity)),
];

/** Half away from zero; `Math.round` takes half upwards. */
function round(x: number): number {
  return Math.sign(x) * Math.round(Math.abs(x)) + 0;
}
