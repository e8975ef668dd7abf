import { expect, test } from "bun:test";
import { diagnostic } from "../diag/mod.ts";
import { diffLines, groupFindings } from "./mismatch.ts";
import { CHANGED, mismatch } from "./sample_stream.ts";

function text(differences: Parameters<typeof diffLines>[0]): string[] {
  return diffLines(differences).map(({ sign, text }) => `${sign} ${text}`);
}

test("each kind of difference has its lines below the legend", () => {
  const lines = text([
    { path: "$.x", kind: "changed", expected: true, actual: 1 },
    { path: "$[0].y", kind: "missing", expected: null },
    { path: "$[0].z", kind: "unexpected", actual: "a" },
    { path: "$.list", kind: "reordered", expected: [2, 1], actual: [1, 2] },
  ]);
  expect(lines).toEqual([
    "- expected",
    "+ actual",
    "- $.x: true (bool)",
    "+ $.x: 1 (number)",
    "- $[0].y: null",
    '+ $[0].z: "a" (string)',
    "- $.list: [2,1] (array)",
    "+ $.list: [1,2] (array), the same elements in another order",
  ]);
});

test("the differences of one expectation are one group", () => {
  const other = mismatch({ path: "$.y", kind: "missing", expected: 2 });
  const groups = groupFindings([CHANGED, other]);
  expect(groups).toHaveLength(1);
  expect(groups[0]?.differences.map(({ path }) => path)).toEqual(["$.x", "$.y"]);
});

test("differences of another place or code are groups of their own", () => {
  const elsewhere = { ...CHANGED, pos: { line: 9, column: 1, offset: 900 } };
  const store = { ...CHANGED, code: "E_KV_MISMATCH" };
  expect(groupFindings([CHANGED, elsewhere, store])).toHaveLength(3);
});

test("a mismatch without a difference in its data, or another code with one, is no diff", () => {
  const sets = diagnostic({ code: "E_ERROR_MISMATCH", message: "m", data: { expected: ["E_A"], raised: ["E_B"] } });
  const other = diagnostic({ code: "E_BIG", message: "m", data: { path: "$", expected: 1, actual: 2 } });
  expect(groupFindings([sets, other]).map(({ differences }) => differences)).toEqual([[], []]);
});

test("thousands of differences are cut, with their number", () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ path: `$[${i}]`, kind: "missing", expected: i }));
  const lines = text(many);
  expect(lines).toHaveLength(43);
  expect(lines.at(-1)).toBe("  … 960 more differences; all of them with --json");
});

test("a hostile path cannot leave its line", () => {
  expect(text([{ path: '$["a\n::error::x"]', kind: "missing", expected: 1 }])[2]).toBe(
    '- $["a\\n::error::x"]: 1 (number)',
  );
});
