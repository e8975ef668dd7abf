import { expect, test } from "bun:test";
import fc from "fast-check";
import { roundHalfEven } from "./round_half_even.ts";

test.each([
  [2.5, 0, 2],
  [3.5, 0, 4],
  [-2.5, 0, -2],
  [-3.5, 0, -4],
  [0.49999999999999994, 0, 0],
  [2.675, 2, 2.67],
  [2.567, 2, 2.57],
  [0.125, 2, 0.12],
  [0.375, 2, 0.38],
  [-0.125, 2, -0.12],
  [1.005, 2, 1],
  [25, -1, 20],
  [35, -1, 40],
  [1250, -2, 1200],
  [51, -2, 100],
  [1e22, 2, 1e22],
  [1.5, 400, 1.5],
  [5e-324, 323, 0],
  [5e-324, 1074, 5e-324],
  [1.5, 5000, 1.5],
  [1e300, -400, 0],
  [1.7e308, -308, Number.POSITIVE_INFINITY],
])("%p to %p places is %p", (value, digits, rounded) => {
  expect(roundHalfEven(value, digits)).toBe(rounded);
});

test("away from ties it is what the engine writes with so many digits (property)", () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(value, fc.nat({ max: 8 }), (number, digits) => {
      const isTie = Number.isInteger(number * 2 * 10 ** digits);
      if (!isTie) expect(roundHalfEven(number, digits) + 0).toBe(Number(number.toFixed(digits)) + 0);
    }),
    { numRuns: 500 },
  );
});
