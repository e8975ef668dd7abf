import { expect, test } from "bun:test";
import { ANSI, PLAIN } from "../diag/mod.ts";
import type { TestEnd } from "../harness/mod.ts";
import { caseLine } from "./human_case.ts";
import { testCase } from "./sample_stream.ts";

function ended(fields: Partial<TestEnd>, name = "c"): TestEnd {
  const end = testCase(name, fields).at(-1);
  if (end?.schema !== "test.v1" || end.type !== "test_end") throw new Error("the sample ends with test_end");
  return end;
}

test.each<[Partial<TestEnd>, string]>([
  [{}, "    PASS [   0.001s] a_test.ami::c\n"],
  [{ virtual_ms: 3600000, duration_ms: 12.3456 }, "    PASS [   0.012s] a_test.ami::c (virtual 3600000 ms)\n"],
  [{ status: "fail", code: "E_X", duration_ms: 123456 }, "    FAIL [ 123.456s] a_test.ami::c\n"],
  [{ status: "skip", reason: "failfast" }, "    SKIP [   0.001s] a_test.ami::c (failfast)\n"],
  [{ status: "fail", code: "E_X", known: true }, "    FAIL [   0.001s] a_test.ami::c (known failure, E_X)\n"],
  [{ stale: true, virtual_ms: 5 }, "    PASS [   0.001s] a_test.ami::c (stale: expected to fail, virtual 5 ms)\n"],
])("%j is one line", (fields, line) => {
  expect(caseLine(ended(fields), PLAIN)).toBe(line);
});

test("a hostile name or reason stays on its line", () => {
  expect(caseLine(ended({ status: "skip", reason: "\r\nx\x1b" }, "a\n::error::b"), PLAIN)).toBe(
    "    SKIP [   0.001s] a_test.ami::a\\n::error::b (\\r\\nx\\x1b)\n",
  );
});

test("colours come from the style alone", () => {
  expect(caseLine(ended({}), ANSI)).toContain("\x1b[32mPASS");
  expect(caseLine(ended({ status: "fail" }), ANSI)).toContain("\x1b[31mFAIL");
});
