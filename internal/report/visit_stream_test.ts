import { expect, test } from "bun:test";
import { diagnostic } from "../diag/mod.ts";
import { CHANGED, failing, print, stream, testCase, testOutput } from "./sample_stream.ts";
import { truncationSentence } from "./truncation.ts";
import { visitStream } from "./visit_stream.ts";

function logging() {
  return visitStream({
    begin: ({ cases }) => `begin ${cases}\n`,
    finding: ({ code }) => `finding ${code}\n`,
    result: ({ start, end, outputs, notes }) =>
      `case ${end.name} line ${start?.line} ${outputs.map(({ text }) => text)} ${notes.map(({ code }) => code)}\n`,
    end: ({ totals }) => `end ${totals.cases}\n`,
    truncated: (truncation) => `${truncationSentence(truncation)}\n`,
  });
}

const warning = diagnostic({ code: "W_X", level: "warn", message: "careful" });

test("records between the two ends of a case belong to it, others to none", () => {
  const records = stream(testCase("a", {}, [testOutput("out"), warning]), { before: [CHANGED], after: [warning] });
  expect(print(logging(), records)).toBe(
    "begin 1\nfinding E_OUTPUT_MISMATCH\ncase a line 3 out W_X\nfinding W_X\nend 1\n",
  );
});

test("a finding that fails its case is told once", () => {
  const records = stream(testCase("a", failing(CHANGED), [CHANGED, warning]));
  expect(print(logging(), records)).toContain("case a line 3  W_X\n");
});

test("a stream without run_end is truncated", () => {
  const records = stream([...testCase("a"), ...testCase("b")]);
  expect(print(logging(), records.slice(0, 4))).toEndWith(
    "the stream is truncated: it ends without run_end after 1 of 2 cases; a_test.ami::b had not ended\n",
  );
  expect(print(logging(), [])).toBe("the stream is truncated: it ends without run_end after 0 cases\n");
});

test("a whole stream is not", () => {
  expect(print(logging(), stream([]))).toBe("begin 0\nend 0\n");
});
