import { expect, test } from "bun:test";
import { evaluated, resultOf } from "./worker_fixture.ts";

test.each([
  ["int(2.7)", 2],
  ["int(-2.7)", -2],
  ["floor(-2.5)", -3],
  ["ceil(2.1)", 3],
  ["round(2.5)", 3],
  ["round(-2.5)", -3],
  ["round(0.49999999999999994)", 0],
  ["round(-0.4)", 0],
  ["abs(-3)", 3],
  ["min(3, 1, 2)", 1],
  ["max(3)", 3],
  ['int("1")', "E_WORKER_TYPE"],
  ["max(1, nil)", "E_WORKER_TYPE"],
  ["min([1, 2])", "E_WORKER_TYPE"],
])("%s is %p", (expr, value) => {
  expect(evaluated(expr)).toEqual(value);
});

test("zero has no sign, whichever way it came about", () => {
  const zeros = '-0, 0 * -1, -4 % 2, 0 / -5, int(-0.5), ceil(-0.5), round(-0.4), floor(-0 / 1), -z, z - z, num("-0")';
  const result = resultOf(`func w(ev) any { z := 0\n return [${zeros}] }`);
  expect(Array.isArray(result) && result.every((zero) => Object.is(zero, 0))).toBe(true);
});
