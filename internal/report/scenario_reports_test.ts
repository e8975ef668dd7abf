import { expect, test } from "bun:test";
import { diagnostic, PLAIN } from "../diag/mod.ts";
import type { TestEnd } from "../harness/mod.ts";
import { blockText } from "./block_text.ts";
import { failureBlocks } from "./failure_blocks.ts";
import { REPORTERS } from "./reporters.ts";
import { options, print, stream, testCase } from "./sample_stream.ts";
import { summaryLines } from "./summary.ts";

// What reports say of scenarios (scenarios.md §3, §7, §8).

const TRACE = "trace:\n  [1] A.x {}\n  [2]   [1] = Success {}";
const pos = { line: 1, column: 1, offset: 0 };
const failed = (...found: readonly (readonly [code: string, message: string, data?: Record<string, unknown>])[]) => {
  const diagnostics = found.map(([code, message, data]) => diagnostic({ code, message, file: "s.yaml", pos, data }));
  return { status: "fail", code: found[0]?.[0] ?? "", diagnostics } as const;
};
const told = (fields: Partial<TestEnd>) => {
  const end = testCase("a", fields).at(-1);
  if (end?.schema !== "test.v1" || end.type !== "test_end") throw new Error("the sample ends with test_end");
  return blockText(failureBlocks({ start: undefined, end, outputs: [], notes: [] }, options()), PLAIN);
};

test("assertions of a case show their trace once, behind a bar", () => {
  const message = (n: number) =>
    `assertion ${n} (trace_never) failed\n  expected: no A.x\n  actual: 1 at [1]\n${TRACE}`;
  const end = failed(["E_ASSERTION_FAILED", message(1)], ["E_ASSERTION_FAILED", message(2)]);
  expect(told(end)).toBe(`error[E_ASSERTION_FAILED]: assertion 1 (trace_never) failed
  --> s.yaml:1:1
  |   expected: no A.x
  |   actual: 1 at [1]
  | trace:
  |   [1] A.x {}
  |   [2]   [1] = Success {}
error[E_ASSERTION_FAILED]: assertion 2 (trace_never) failed
  --> s.yaml:1:1
  |   expected: no A.x
  |   actual: 1 at [1]
`);
});

test("every sentence of a step is told, then the values", () => {
  const end = failed(
    ["E_EXPECT_MISMATCH", 'step 1: field "a" expected 1, got 2', { path: "$.a", expected: 1, actual: 2 }],
    ["E_EXPECT_MISMATCH", 'step 1: missing result field "b"', { path: "$.b", expected: 3 }],
  );
  expect(told(end)).toBe(`error[E_EXPECT_MISMATCH]: step 1: field "a" expected 1, got 2
  --> s.yaml:1:1
  step 1: missing result field "b"
- expected
+ actual
- $.a: 1 (number)
+ $.a: 2 (number)
- $.b: 3 (number)
`);
});

test("a principle that does not hold stands above the findings", () => {
  const principle = { concept: "Cart", text: "Nothing\nis lost." };
  const text = told({ ...failed(["E_X", "m"]), principle });
  expect(text).toStartWith('operational principle "Nothing\\nis lost." of Cart does not hold\nerror[E_X]: m');
});

test("what was assumed is the line before the summary, in every report for people", () => {
  const totals = { pass: 2, fail: 0, skip: 0, cases: 2, assumed: 4, principles: { held: 1, broken: 0, untested: 2 } };
  const line = "plumb test: ASSUMED 4 completions in 2 cases: no body ran for them";
  const end = stream([], { end: { totals } }).at(-1);
  if (end?.schema !== "test.v1" || end.type !== "run_end") throw new Error("the sample ends with run_end");
  expect(summaryLines(end, 42, 2).slice(0, 2)).toEqual(["plumb test: principles: 1 held, 0 broken, 2 untested", line]);
  const records = stream([...testCase("a", { assumed: 3 }), ...testCase("b", { assumed: 1 }), ...testCase("c")], {
    end: { totals },
  });
  for (const name of ["human", "github", "tap"] as const) {
    const lines = print(REPORTERS[name](options()), records).trimEnd().split("\n");
    expect(lines.at(-2)).toEndWith(line);
  }
});
