import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { diagnostic } from "../diag/mod.ts";
import { CHANGED, failing, print, stream, testCase, testOutput } from "./sample_stream.ts";
import { tapReporter } from "./tap.ts";

type Records = Parameters<typeof print>[1];

function tap(records: Records): string {
  return print(tapReporter(), records);
}

/** The YAML documents below the test points. */
function yamlBlocks(text: string): string[] {
  return [...text.matchAll(/^ {2}---\n((?: {2}.*\n)*?) {2}\.\.\.\n/gm)].map(([, block]) => block ?? "");
}

const warning = diagnostic({ code: "W_X", level: "warn", message: "careful # really" });
const load = diagnostic({ code: "E_SCN_YAML", message: "expected a mapping", file: "b.scenario.yaml" });

describe("the TAP report", () => {
  test("has a plan, a test point a case, and a YAML block a failure", () => {
    const records = stream([
      ...testCase("fine", {}, [warning]),
      ...testCase("wrong", failing(CHANGED, warning), [testOutput("hop\n", "stderr")]),
      ...testCase("later", { status: "skip", reason: "needs #3" }),
      ...testCase("old", { ...failing(CHANGED), diagnostics: [], known: true }),
      ...testCase("mended", { stale: true }),
    ]);
    expect(tap(records)).toMatchInlineSnapshot(`
      "TAP version 14
      1..5
      ok 1 - a_test.ami::fine
      # warning[W_X]: careful # really
      not ok 2 - a_test.ami::wrong
        ---
        message: "the output is not the expected one"
        severity: fail
        code: "E_OUTPUT_MISMATCH"
        blame: subject
        duration_ms: 1
        at:
          file: "a_test.ami"
          line: 3
          column: 62
        diff:
          - "- expected"
          - "+ actual"
          - "- $.x: true (bool)"
          - "+ $.x: 1 (number)"
        findings:
          - "W_X: careful # really"
        stderr:
          - "hop"
        repro: "plumb test a_test.ami --run '^a_test\\\\.ami::wrong$' --seed 42"
        ...
      ok 3 - a_test.ami::later # SKIP needs \\#3
      not ok 4 - a_test.ami::old # TODO known failure
        ---
        message: "the output is not the expected one"
        severity: fail
        code: "E_OUTPUT_MISMATCH"
        blame: subject
        duration_ms: 1
        repro: "plumb test a_test.ami --run '^a_test\\\\.ami::wrong$' --seed 42"
        ...
      not ok 5 - a_test.ami::mended
        ---
        message: "listed as known failing, but it passed; take it off the list"
        severity: fail
        code: stale
        ...
      # plumb test: 2 passed, 1 failed, 1 skipped (5 cases, 0.03 s, seed 42)
      "
    `);
  });

  test("bails out at the end when a file could not be loaded, after the results of the others", () => {
    const text = tap(stream(testCase("fine"), { before: [load] }));
    expect(text).toContain("1..1\n# error[E_SCN_YAML] b.scenario.yaml: expected a mapping\nok 1 - a_test.ami::fine\n");
    expect(text).toEndWith("\nBail out! 1 error outside of the cases, see the comments\n");
  });

  test("bails out when the stream is truncated", () => {
    expect(tap(stream([...testCase("a"), ...testCase("b")]).slice(0, 3))).toBe(
      "TAP version 14\n1..2\nok 1 - a_test.ami::a\n" +
        "Bail out! the stream is truncated: it ends without run_end after 1 of 2 cases\n",
    );
  });

  test("plans nothing where there are no cases", () => {
    expect(tap(stream([]))).toContain("TAP version 14\n1..0 # SKIP no cases\n");
  });

  test("has as many test points as cases, and YAML that can be read, for arbitrary names and texts", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("# SKIP", "a # TODO b", "\nok 9 - forged", "x\n  ...\n", "Bail out!", "\\", ": {", "\x85\u2028"),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text, fc.constantFrom("pass", "fail", "skip", "stale")), { maxLength: 4 }),
        (cases) => {
          const records = stream(
            cases.flatMap(([name, message, verdict]) => {
              const finding = diagnostic({
                code: "E_X_MISMATCH",
                message,
                file: name,
                pos: { line: 1, column: 1, offset: 0 },
                data: { path: message, expected: name },
              });
              const note = diagnostic({ code: "W_X", level: "warn", message });
              const end = {
                pass: {},
                fail: { ...failing(finding, note), repro: message },
                skip: { status: "skip", reason: message },
                stale: { stale: true },
              } as const;
              return testCase(name, end[verdict], [testOutput(message), note]);
            }),
          );
          const printed = tap(records);
          const points = printed.split("\n").filter((line) => /^(not )?ok\b/.test(line));
          expect(points).toHaveLength(cases.length);
          for (const [i, [, , verdict]] of cases.entries()) {
            expect(points[i]).toMatch(verdict === "fail" || verdict === "stale" ? /^not ok/ : /^ok/);
            expect(/(?<!\\)(\\\\)*#/.test(points[i] ?? "")).toBe(verdict === "skip");
          }
          expect(printed).not.toMatch(/^Bail out!/m);
          const blocks = yamlBlocks(printed);
          expect(blocks).toHaveLength(points.filter((line) => line.startsWith("not")).length);
          for (const block of blocks) expect(parseDocument(block).errors).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
