import { describe, expect, test } from "bun:test";
import { diagnostic } from "../diag/mod.ts";
import type { StreamRecord } from "../harness/mod.ts";
import { humanReporter } from "./human.ts";
import type { ReporterOptions } from "./reporter.ts";
import { CHANGED, failing, mismatch, options, print, stream, testCase, testOutput } from "./sample_stream.ts";

const load = diagnostic({ code: "E_SCN_YAML", message: "expected a mapping", file: "b.scenario.yaml" });
const warning = diagnostic({
  code: "W_PIPELINE_UNKNOWN",
  level: "warn",
  message: "unknown pipeline P",
  file: "a_test.ami",
});
const golden = diagnostic({ code: "GOLDEN_WRITTEN", level: "info", message: "wrote out.json", file: "a_test.ami" });
const metrics = diagnostic({
  code: "KV_METRICS",
  level: "info",
  message: "kv metrics",
  file: "a_test.ami",
  data: { case: "fine", hits: 1, misses: 0, ns: "p/n" },
});

const mixed = stream(
  [
    ...testCase("fine", { virtual_ms: 50 }, [warning, metrics, testOutput("said so\n")]),
    ...testCase("wrong", failing(CHANGED)),
    ...testCase("later", { status: "skip", reason: "not yet" }),
    ...testCase("written", {}, [golden]),
  ],
  { before: [load], after: [diagnostic({ code: "W_KNOWN_UNUSED", level: "warn", message: "no case matches x" })] },
);

function human(records: readonly StreamRecord[], changes: Partial<ReporterOptions> = {}): string {
  return print(humanReporter(options(changes)), records);
}

describe("the human report", () => {
  test("shows load errors, a line a case, the failures in full, and the summary", () => {
    expect(human(mixed)).toMatchInlineSnapshot(`
      "error[E_SCN_YAML]: expected a mapping
        --> b.scenario.yaml

          PASS [   0.001s] a_test.ami::fine (virtual 50 ms)
               warning[W_PIPELINE_UNKNOWN] a_test.ami: unknown pipeline P
          FAIL [   0.001s] a_test.ami::wrong
          SKIP [   0.001s] a_test.ami::later (not yet)
          PASS [   0.001s] a_test.ami::written
               info[GOLDEN_WRITTEN] a_test.ami: wrote out.json
      warning[W_KNOWN_UNUSED]: no case matches x

      failures:

      1. a_test.ami::wrong
         error[E_OUTPUT_MISMATCH]: the output is not the expected one
           --> a_test.ami:3:62
           3 | #pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}
             |                                                              ^
         - expected
         + actual
         - $.x: true (bool)
         + $.x: 1 (number)
         blame: subject
         repro: plumb test a_test.ami --run '^a_test\\.ami::wrong$' --seed 42

      plumb test: 2 passed, 1 failed, 1 skipped (4 cases, 0.03 s, seed 42)
      "
    `);
  });

  test("with -q shows failures and the summary only", () => {
    expect(human(mixed, { quiet: true })).toMatchInlineSnapshot(`
      "error[E_SCN_YAML]: expected a mapping
        --> b.scenario.yaml

      failures:

      1. a_test.ami::wrong
         error[E_OUTPUT_MISMATCH]: the output is not the expected one
           --> a_test.ami:3:62
           3 | #pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}
             |                                                              ^
         - expected
         + actual
         - $.x: true (bool)
         + $.x: 1 (number)
         blame: subject
         repro: plumb test a_test.ami --run '^a_test\\.ami::wrong$' --seed 42

      plumb test: 2 passed, 1 failed, 1 skipped (4 cases, 0.03 s, seed 42)
      "
    `);
  });

  test("with -q says nothing but the summary of a run without failures", () => {
    expect(human(stream(testCase("fine", {}, [warning])), { quiet: true })).toBe(
      "plumb test: 1 passed, 0 failed, 0 skipped (1 cases, 0.03 s, seed 42)\n",
    );
  });

  test("with -v shows what passing cases printed, and their facts", () => {
    const text = human(mixed, { verbose: true });
    expect(text).toContain('         info[KV_METRICS] a_test.ami: kv metrics (hits=1 misses=0 ns="p/n")\n');
    expect(text).toContain("         stdout:\n           | said so\n");
    expect(human(mixed)).not.toMatch(/KV_METRICS|said so/);
  });

  test("of a run without cases says what was looked for, unless an error says why", () => {
    const nothing = { nothingToRun: "no case of a\nb" };
    const words = "no case of a\\nb\nplumb test: 0 passed, 0 failed, 0 skipped (0 cases, 0.03 s, seed 42)\n";
    for (const quiet of [false, true]) expect(human(stream([]), { ...nothing, quiet })).toBe(words);
    expect(human(stream([], { before: [load] }), nothing)).not.toContain("no case of");
    expect(human(mixed, nothing)).not.toContain("no case of");
  });

  test("marks known failures without telling them, and tells stale ones", () => {
    const totals = { pass: 1, fail: 0, skip: 0, cases: 2, known: 1, stale: 1 };
    const records = stream(
      [...testCase("old", { ...failing(CHANGED), known: true }), ...testCase("mended", { stale: true })],
      {
        end: { totals, ok: false },
      },
    );
    expect(human(records)).toMatchInlineSnapshot(`
      "    FAIL [   0.001s] a_test.ami::old (known failure, E_OUTPUT_MISMATCH)
          PASS [   0.001s] a_test.ami::mended (stale: expected to fail)

      failures:

      1. a_test.ami::mended
         listed as known failing, but it passed; take it off the list

      plumb test: 1 passed, 0 failed, 0 skipped, 1 known, 1 stale (2 cases, 0.03 s, seed 42)
      "
    `);
    expect(human(records, { verbose: true })).toContain(
      "1. a_test.ami::old (known failure)\n   error[E_OUTPUT_MISMATCH]",
    );
  });

  test("prints each case as it ends, and its failure at the end", () => {
    const reporter = humanReporter(options());
    const told = mixed.map((record) => reporter.record(record));
    expect(told.findIndex((text) => text.includes("FAIL"))).toBeLessThan(
      told.findIndex((text) => text.includes("SKIP")),
    );
    expect(told.filter((text) => text.includes("E_OUTPUT_MISMATCH"))).toEqual([told.at(-1) ?? ""]);
    expect(reporter.finish()).toBe("");
  });

  test("tells an error of a skipped case on a line of its own", () => {
    const finding = diagnostic({ code: "E_PRAGMA_KEY", message: "unknown key x", file: "a_test.ami" });
    expect(human(stream(testCase("a", { status: "skip", reason: "r" }, [finding])))).toContain(
      "(r)\n         error[E_PRAGMA_KEY] a_test.ami: unknown key x\n",
    );
  });

  test("says when the run was interrupted", () => {
    const exit = { code: 130, name: "interrupted" };
    const records = stream(testCase("a", { status: "skip", reason: "interrupted" }), { end: { exit, ok: false } });
    expect(human(records)).toContain("interrupted: the cases that had not run are skipped\nplumb test: 0 passed");
  });

  test("of a truncated stream tells the failures so far, and no summary", () => {
    const text = human(mixed.slice(0, -2));
    expect(text).toContain("1. a_test.ami::wrong\n");
    expect(text).toEndWith("plumb test: the stream is truncated: it ends without run_end after 4 of 4 cases\n");
    expect(text).not.toContain("passed");
  });

  test("cuts values of several hundred kilobytes and says by how much", () => {
    const big = mismatch({
      path: "$.x",
      kind: "changed",
      expected: "a".repeat(400_000),
      actual: ["b".repeat(300_000)],
    });
    const text = human(stream(testCase("wrong", failing(big))));
    expect(text.length).toBeLessThan(6_000);
    expect(text).toContain("398002 characters left out");
    expect(text).toContain("298004 characters left out");
  });

  test("no text of a run can forge a line, a colour or a workflow command", () => {
    const evil = "x\nplumb test: 9 passed, 0 failed\n::error::y\r\n##[error]z\x1b[2J";
    const finding = diagnostic({
      code: "E_EVIL_MISMATCH",
      message: evil,
      file: evil,
      data: { path: evil, actual: evil, help: evil },
    });
    const note = diagnostic({ code: "W_EVIL", level: "warn", message: evil, file: evil });
    const end = { ...failing(finding), error: evil, repro: evil };
    const records = stream(testCase(evil, end, [note, testOutput(evil)]), { before: [finding], after: [note] });
    const text = human(records, { verbose: true });
    const lines = text.split("\n");
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(lines.filter((line) => /^\s*(::|##)/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.startsWith("plumb test:"))).toEqual([lines.at(-2) ?? ""]);
  });

  test("keeps nothing of cases that pass until the end", () => {
    const records = stream(Array.from({ length: 1_000 }, (_, i) => testCase(`case ${i}`)).flat());
    const reporter = humanReporter(options());
    const told = records.map((record) => reporter.record(record));
    expect(told.at(-1)).toBe("plumb test: 1000 passed, 0 failed, 0 skipped (1000 cases, 0.03 s, seed 42)\n");
  });
});
