import { describe, expect, test } from "bun:test";
import { diagnostic } from "../diag/mod.ts";
import { githubReporter } from "./github.ts";
import { CHANGED, failing, mismatch, options, print, runStart, stream, testCase, testOutput } from "./sample_stream.ts";

type Records = Parameters<typeof print>[1];

function github(records: Records): string {
  return print(githubReporter(options()), records);
}

const pos = { line: 3, column: 31, offset: 66 };
const warning = diagnostic({ code: "W_X", level: "warn", message: "50% sure", file: "a_test.ami", pos });
const golden = diagnostic({
  code: "GOLDEN_WRITTEN",
  level: "info",
  message: "wrote out.json",
  file: "a_test.ami",
  pos,
});
const metrics = diagnostic({ code: "KV_METRICS", level: "info", message: "kv metrics", file: "a_test.ami" });
const load = diagnostic({ code: "E_SCN_YAML", message: "expected a mapping", file: "b.scenario.yaml" });

describe("the GitHub report", () => {
  test("annotates failures, findings and golden files, and ends with the summary", () => {
    const records = stream(
      [
        ...testCase("fine", {}, [warning, metrics]),
        ...testCase("wrong", failing(CHANGED)),
        ...testCase("later", { status: "skip", reason: "r" }),
        ...testCase("old", { ...failing(CHANGED), known: true }),
        ...testCase("mended", { stale: true }),
        ...testCase("written", {}, [golden]),
      ],
      { before: [load] },
    );
    expect(github(records)).toMatchInlineSnapshot(`
      "::error file=b.scenario.yaml,title=E_SCN_YAML::expected a mapping
      ::warning file=a_test.ami,line=3,col=31,title=W_X::50%25 sure
      ::error file=a_test.ami,line=3,col=62,title=E_OUTPUT_MISMATCH%3A a_test.ami%3A%3Awrong::error[E_OUTPUT_MISMATCH]: the output is not the expected one%0A  --> a_test.ami:3:62%0A  3 | #pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}%0A    |                                                              ^%0A- expected%0A+ actual%0A- $.x: true (bool)%0A+ $.x: 1 (number)%0Ablame: subject%0Arepro: plumb test a_test.ami --run '^a_test\\.ami::wrong$' --seed 42
      ::error file=a_test.ami,line=3,col=1,title=stale%3A a_test.ami%3A%3Amended::listed as known failing, but it passed; take it off the list
      ::notice file=a_test.ami,line=3,col=31,title=GOLDEN_WRITTEN::wrote out.json
      plumb test: 3 passed, 1 failed, 1 skipped (6 cases, 0.03 s, seed 42)
      "
    `);
  });

  test("names files from the workspace when the test root is another folder", () => {
    const cases = testCase("wrong", failing(CHANGED));
    expect(github([runStart({ root: "sub" }), ...cases])).toContain("::error file=sub/a_test.ami,line=3");
    expect(github([runStart({ root: ".." }), ...cases])).toContain("::error file=../a_test.ami,line=3");
    expect(github([runStart({ root: "/srv/x" }), ...cases])).toContain("::error file=a_test.ami,line=3");
  });

  test("says in an annotation that the stream is truncated", () => {
    expect(github(stream(testCase("a")).slice(0, -1))).toBe(
      "::error title=E_STREAM_TRUNCATED::the stream is truncated: it ends without run_end after 1 of 1 case\n",
    );
  });

  test("keeps an annotation below what the server would cut", () => {
    const big = mismatch({ path: "$", kind: "changed", expected: "x".repeat(300_000), actual: "y".repeat(300_000) });
    expect(github(stream(testCase("wrong", failing(big)))).length).toBeLessThan(4_096);
  });

  test("prints commands of its own only", () => {
    const evil = "x\n::stop-commands::t\r\n##[error]y";
    const finding = diagnostic({ code: "E_EVIL", message: evil, file: evil, pos });
    const records = stream(
      testCase(evil, failing(finding), [testOutput(evil), { ...finding, code: "W_EVIL", level: "warn" }]),
      {
        before: [finding],
      },
    );
    const lines = github(records).trimEnd().split("\n");
    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 3).filter((line) => !/^::(error|warning) file=x/.test(line))).toEqual([]);
    expect(lines[3]).toStartWith("plumb test: ");
  });
});
