import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Json } from "../value/mod.ts";
import { orderNumber, orderValues } from "./order_values.ts";

/** One of each, in the order of pipelines §9; the last three tie. */
const ASCENDING: readonly (Json | undefined)[] = [
  false,
  true,
  -1e300,
  -1,
  0,
  0.5,
  2,
  10,
  "",
  "10",
  "2",
  "A",
  "a",
  "aa",
  "é",
  "\uffee",
  "😀",
  "😀a",
  "🙀",
  Number.NaN,
];
const OTHERS: readonly (Json | undefined)[] = [null, undefined, [1], { a: 1 }];

const value = fc.oneof(
  fc.constantFrom(...ASCENDING, ...OTHERS, -0),
  fc.double({ noDefaultInfinity: true }),
  fc.string({ unit: fc.constantFrom("a", "b", "\ud7ff", "\ue000", "\uffff", "😀", "🙀"), maxLength: 4 }),
);

test("bool, number, string, NaN and the rest stand in this order", () => {
  for (const [at, a] of ASCENDING.entries()) {
    for (const [other, b] of ASCENDING.entries())
      expect(Math.sign(orderValues(a, b, false))).toBe(Math.sign(at - other));
    for (const b of OTHERS) expect(orderValues(a, b, false)).toBeLessThan(0);
  }
});

test("descending turns the orderable ones round and leaves NaN and the rest behind", () => {
  const shuffled = [null, 1, Number.NaN, "b", false, undefined, "a", 2, true];
  const sorted = shuffled.toSorted((a, b) => orderValues(a, b, true));
  // `sort` puts undefined last whatever the comparison says, and null ties with it.
  expect(sorted).toEqual(["b", "a", 2, 1, true, false, Number.NaN, null, undefined]);
});

test("null, missing, lists and maps tie with each other, and 0 with -0", () => {
  for (const descending of [false, true]) {
    for (const a of OTHERS) for (const b of OTHERS) expect(orderValues(a, b, descending)).toBe(0);
    expect(orderValues(0, -0, descending) === 0).toBe(true);
  }
});

test("texts are ordered by code point", () => {
  const points = (text: string) => Array.from(text, (char) => char.codePointAt(0) ?? 0);
  const text = fc.string({ unit: fc.constantFrom("a", "\ud7ff", "\ue000", "\uffff", "😀", "🙀"), maxLength: 5 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [left, right] = [points(a), points(b)];
      const at = left.findIndex((point, index) => point !== right[index]);
      const expected = at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
      expect(Math.sign(orderValues(a, b, false))).toBe(Math.sign(expected));
    }),
    { numRuns: 300 },
  );
});

test("it is an order: turned round it is negative, and it is transitive", () => {
  fc.assert(
    fc.property(value, value, value, fc.boolean(), (a, b, c, descending) => {
      const ab = orderValues(a, b, descending);
      expect(Math.sign(ab) + Math.sign(orderValues(b, a, descending)) === 0).toBe(true);
      if (ab <= 0 && orderValues(b, c, descending) <= 0) expect(orderValues(a, c, descending)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 500 },
  );
});

test("the numbers that stand for values never contradict their order, and finite ones tell ties", () => {
  fc.assert(
    fc.property(value, value, fc.boolean(), (a, b, descending) => {
      const [left, right] = [orderNumber(a, descending), orderNumber(b, descending)];
      if (left < right) expect(orderValues(a, b, descending)).toBeLessThan(0);
      if (left === right && Number.isFinite(left)) expect(orderValues(a, b, descending) === 0).toBe(true);
      expect(left).not.toBeNaN();
    }),
    { numRuns: 500 },
  );
});
