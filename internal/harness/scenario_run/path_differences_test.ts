import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { subset, valueEqual } from "../../value/mod.ts";
import { pathDifferences } from "./path_differences.ts";

test("paths are those of scenarios.md §8: names, indexes, odd keys in brackets", () => {
  const expected = { lines: [{ sku: "a" }], "odd key": 1 };
  const actual = { lines: [{ sku: 7 }], "odd key": 2 };
  expect(pathDifferences("", expected, actual, "equal").map(({ path }) => path)).toEqual([
    "lines[0].sku",
    '["odd key"]',
  ]);
  expect(pathDifferences("args", expected, actual, "equal").map(({ path }) => path)).toEqual([
    "args.lines[0].sku",
    'args["odd key"]',
  ]);
});

test("an array of another length is one difference; another order is one an element", () => {
  expect(pathDifferences("a", [1, 2], [1], "subset")).toEqual([
    { kind: "changed", path: "a", expected: [1, 2], actual: [1] },
  ]);
  expect(pathDifferences("a", [1, 2], [2, 1], "equal").map(({ path }) => path)).toEqual(["a[0]", "a[1]"]);
});

test("what is not named counts for equality and not for a subset", () => {
  expect(pathDifferences("a", { x: 1 }, { x: 1, y: 2 }, "subset")).toEqual([]);
  expect(pathDifferences("a", { x: 1 }, { x: 1, y: 2 }, "equal")).toEqual([
    { kind: "unexpected", path: "a.y", actual: 2 },
  ]);
});

const value = fc.letrec<{ value: Small }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(0, 1, "0", false, ""),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "constructor"), tie("value"), { noNullPrototype: true }),
  ),
})).value;
type Small = number | string | boolean | Small[] | { [key: string]: Small };

test("there are none exactly where values are equal, or the expected one is a subset", () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(pathDifferences("", a, b, "equal").length === 0).toBe(valueEqual(a, b));
      expect(pathDifferences("", a, b, "subset").length === 0).toBe(subset(a, b));
    }),
    { numRuns: 500 },
  );
});
