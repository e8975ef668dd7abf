import { expect, test } from "bun:test";
import { judgeState, type WantedRows } from "./judge_state.ts";

const rows = [
  { item: "a", available: 7, tags: { x: 1, y: 2 } },
  { item: "b", available: 0, tags: {} },
];
const judge = (wanted: WantedRows, where?: { [column: string]: string | number }) =>
  judgeState("Stock", where, wanted, rows);

test("expect: exactly one row has the where values, and matches as a subset", () => {
  expect(judge({ kind: "expect", row: { available: 7, tags: { x: 1 } } }, { item: "a" })).toBeUndefined();
  expect(judge({ kind: "expect", row: { available: 8 } }, { item: "a" })).toEqual({
    expected: 'one row of Stock where {"item":"a"} with {"available":8}',
    actual: "available expected 8, got 7",
  });
  expect(judge({ kind: "expect", row: {} }, { item: "c" })?.actual).toBe("no row");
  expect(judge({ kind: "expect", row: {} })).toEqual({ expected: "one row of Stock with {}", actual: "2 rows" });
});

test("rows: a number of rows", () => {
  expect(judge({ kind: "count", count: 2 })).toBeUndefined();
  expect(judge({ kind: "count", count: 2 }, { item: "a" })).toEqual({
    expected: '2 rows of Stock where {"item":"a"}',
    actual: "1 row",
  });
});

test("rows: exactly these, all columns, in key order", () => {
  expect(judge({ kind: "rows", rows })).toBeUndefined();
  const [a, b] = rows as [(typeof rows)[0], (typeof rows)[1]];
  expect(judge({ kind: "rows", rows: [a] })).toEqual({
    expected: "rows of Stock",
    actual: 'row 2 unexpected {"available":0,"item":"b","tags":{}}',
  });
  expect(judge({ kind: "rows", rows: [a, b, { item: "c" }] })?.actual).toBe('row 3 missing {"item":"c"}');
  expect(judge({ kind: "rows", rows: [b, a] })?.actual).toEndWith("rows stand in key order");
  expect(judge({ kind: "rows", rows: [a, { item: "b" }] })?.actual).toBe(
    'row 2 unexpected {"available":0,"item":"b","tags":{}}, row 2 missing {"item":"b"}',
  );
});

test("absent: none", () => {
  expect(judge({ kind: "absent" }, { item: "c" })).toBeUndefined();
  expect(judge({ kind: "absent" })).toEqual({ expected: "no rows of Stock", actual: "2 rows" });
});
