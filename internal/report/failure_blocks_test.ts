import { expect, test } from "bun:test";
import { diagnostic, PLAIN } from "../diag/mod.ts";
import type { TestEnd } from "../harness/mod.ts";
import { blockText } from "./block_text.ts";
import { failureBlocks } from "./failure_blocks.ts";
import { CHANGED, failing, mismatch, options, testCase, testOutput } from "./sample_stream.ts";
import type { CaseResult } from "./visit_stream.ts";

function result(fields: Partial<TestEnd>, ...texts: string[]): CaseResult {
  const end = testCase("wrong", { status: "fail", ...fields }).at(-1);
  if (end?.schema !== "test.v1" || end.type !== "test_end") throw new Error("the sample ends with test_end");
  return { start: undefined, end, outputs: texts.map((text) => testOutput(text)), notes: [] };
}

test("a failure is told as finding, diff, output, blame and repro", () => {
  const warning = diagnostic({ code: "W_X", level: "warn", message: "careful" });
  const told = result(failing(CHANGED, mismatch({ path: "$.y", kind: "missing", expected: 2 }), warning), "one\ntwo\n");
  const blocks = failureBlocks(told, options());
  expect(blocks.map(({ kind }) => kind)).toEqual(["finding", "diff", "finding", "output", "fact", "fact"]);
  expect(blockText(blocks, PLAIN, "  ")).toMatchInlineSnapshot(`
    "  error[E_OUTPUT_MISMATCH]: the output is not the expected one
        --> a_test.ami:3:62
        3 | #pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}
          |                                                              ^
      - expected
      + actual
      - $.x: true (bool)
      + $.x: 1 (number)
      - $.y: 2 (number)
      warning[W_X]: careful
      stdout:
        | one
        | two
      blame: subject
      repro: plumb test a_test.ami --run '^a_test\\.ami::wrong$' --seed 42
    "
  `);
});

test("a failure without diagnostics is told by its code and sentence", () => {
  expect(blockText(failureBlocks(result({ code: "E_BIG", error: "too big" }), options()), PLAIN)).toContain(
    "error[E_BIG]: too big",
  );
});

test("of hundreds of findings the first are told, and how many are left", () => {
  const [first, ...others] = Array.from({ length: 300 }, (_, i) =>
    diagnostic({ code: "E_X", message: `finding ${i}` }),
  );
  if (first === undefined) throw new Error("there are 300");
  const text = blockText(failureBlocks(result(failing(first, ...others)), options()), PLAIN);
  expect(text).toContain("finding 19\n");
  expect(text).not.toContain("finding 20\n");
  expect(text).toContain("… 280 more findings; all of them with --json");
});

test("of long output the last lines are shown", () => {
  const text = blockText(failureBlocks(result({}, "line\n".repeat(150)), options()), PLAIN);
  expect(text).toContain("… 50 lines left out …");
});
