import { expect, test } from "bun:test";
import type { Strict } from "../../value/mod.ts";
import { judgeResult } from "./judge_result.ts";

type Fields = { [field: string]: Strict };

function errors(
  result: Fields,
  actual: Fields,
  exact?: boolean,
  cases: readonly [string, string] = ["Success", "Success"],
) {
  const expected = { case: cases[0], result: Object.entries(result), exact };
  return judgeResult("step 1", expected, { case: cases[1], result: actual }).map(({ message }) => message);
}

test("scenarios row 7: the case first, then the fields in written order, also when the case differs", () => {
  expect(errors({ b: 1, a: 2 }, { a: 3, b: 4 }, undefined, ["Success", "InsufficientStock"])).toEqual([
    'step 1: expected case "Success", got "InsufficientStock"',
    'step 1: field "b" expected 1, got 4',
    'step 1: field "a" expected 2, got 3',
  ]);
});

test("a field that differs is reported by its differing paths, an absent one as missing", () => {
  expect(errors({ lines: [{ sku: "a" }] }, { lines: [{ sku: 7 }] })).toEqual([
    'step 1: field "lines[0].sku" expected "a", got 7',
  ]);
  expect(errors({ order_id: "x" }, {})).toEqual(['step 1: missing result field "order_id"']);
  expect(errors({ lines: [1] }, { lines: [1, 2] })).toEqual(['step 1: field "lines" expected [1], got [1,2]']);
});

test("scenarios row 40: exact true forbids fields that are not named, false makes named ones subsets", () => {
  const actual = { lines: [{ sku: "a", note: "x" }], total: 1 };
  const named = { lines: [{ sku: "a" }] };
  expect(errors(named, actual)).toEqual(['step 1: unexpected result field "lines[0].note"']);
  expect(errors(named, actual, false)).toEqual([]);
  expect(errors({ lines: actual.lines }, actual)).toEqual([]);
  expect(errors({ lines: actual.lines }, actual, true)).toEqual(['step 1: unexpected result field "total"']);
});

test("values are told apart by type and kept exactly", () => {
  expect(errors({ n: 3 }, { n: "3" })).toEqual(['step 1: field "n" expected 3, got "3"']);
  expect(errors({ n: 9007199254740993n }, { n: 9007199254740992n })).toEqual([
    'step 1: field "n" expected 9007199254740993, got 9007199254740992',
  ]);
});

test("every finding has the path and both values", () => {
  const [found] = judgeResult(
    "setup 1",
    { case: "A", result: [["n", 1]], exact: undefined },
    { case: "A", result: { n: 2 } },
  );
  expect(found).toMatchObject({ code: "E_EXPECT_MISMATCH", data: { path: "$.n", expected: 1, actual: 2 } });
});
