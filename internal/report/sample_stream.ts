// Hand-made streams for the tests of this folder.
import { type Diagnostic, diagnostic, LineIndex, PLAIN } from "../diag/mod.ts";
import type { RunEnd, RunStart, StreamRecord, TestEnd, TestOutput, TestStart } from "../harness/mod.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";

const TIME = "2024-05-01T10:00:00.000Z";

/** The text of `a_test.ami` in the streams made here. */
export const SOURCE = `package app
#pragma test:case wrong
#pragma test:runtime pipeline=P input={"x": 1} expect_output={"x": true}
`;

/** Options of a report without colours; `a_test.ami` is the only file that can be read. */
export function options(changes: Partial<ReporterOptions> = {}): ReporterOptions {
  const source = (file: string) => (file === "a_test.ami" ? new LineIndex(SOURCE) : undefined);
  return { style: PLAIN, verbose: false, quiet: false, source, nothingToRun: "nothing to run", ...changes };
}

export function runStart(changes: Partial<RunStart> = {}): RunStart {
  return {
    schema: "test.v1",
    type: "run_start",
    timestamp: TIME,
    version: "0.1.0",
    root: ".",
    paths: ["."],
    engine: "local",
    seed: 42,
    parallel: 2,
    timeout_ms: 0,
    failfast: false,
    run: "",
    cases: 1,
    ...changes,
  };
}

/** A case that passes, unless `end` says otherwise, with `between` inside it. */
export function testCase(
  name: string,
  end: Partial<TestEnd> = {},
  between: readonly (Diagnostic | TestOutput)[] = [],
): StreamRecord[] {
  const file = end.file ?? "a_test.ami";
  const identity = { id: `${file}::${name}`, package: "app", name, case: name, file };
  const status = end.status ?? "pass";
  const start: TestStart = {
    schema: "test.v1",
    type: "test_start",
    timestamp: TIME,
    ...identity,
    line: 3,
    kind: "pragma",
  };
  return [
    start,
    ...between,
    {
      schema: "test.v1",
      type: "test_end",
      timestamp: TIME,
      ...identity,
      status,
      ok: status !== "fail" || end.known === true,
      skipped: status === "skip",
      duration_ms: 1,
      virtual_ms: 0,
      ...end,
    },
  ];
}

export function testOutput(text: string, stream: "stdout" | "stderr" = "stdout"): TestOutput {
  return { schema: "test.v1", type: "test_output", timestamp: TIME, id: "a_test.ami::wrong", stream, text };
}

/** A whole stream over `cases`; its totals are counted. `before` are findings of files that could not be loaded. */
export function stream(
  cases: readonly StreamRecord[],
  { before = [], after = [], end = {} }: { before?: Diagnostic[]; after?: Diagnostic[]; end?: Partial<RunEnd> } = {},
): StreamRecord[] {
  const ends = cases.filter((record) => record.schema === "test.v1" && record.type === "test_end");
  const count = (status: string) => ends.filter((record) => record.status === status && record.known !== true).length;
  const ok = count("fail") === 0;
  return [
    runStart({ cases: ends.length }),
    ...before,
    ...cases,
    ...after,
    {
      schema: "test.v1",
      type: "run_end",
      timestamp: TIME,
      duration_ms: 31,
      totals: { pass: count("pass"), fail: count("fail"), skip: count("skip"), cases: ends.length },
      ok,
      exit: ok ? { code: 0, name: "ok" } : { code: 1, name: "failure" },
      ...end,
    },
  ];
}

const VALUE = { line: 3, column: 62, offset: 97 };

/** A finding at the expectation of `a_test.ami`, as an output that differs gives it. */
export function mismatch(data: Readonly<Record<string, unknown>>): Diagnostic {
  const message = "the output is not the expected one";
  return diagnostic({ code: "E_OUTPUT_MISMATCH", message, file: "a_test.ami", pos: VALUE, data });
}

export const CHANGED = mismatch({ path: "$.x", kind: "changed", expected: true, actual: 1 });

/** The fields of a `test_end` that fails with `diagnostics`. */
export function failing(first: Diagnostic, ...others: readonly Diagnostic[]): Partial<TestEnd> {
  return {
    status: "fail",
    error: first.message,
    code: first.code,
    blame: "subject",
    diagnostics: [first, ...others],
    repro: "plumb test a_test.ami --run '^a_test\\.ami::wrong$' --seed 42",
  };
}

/** Everything a reporter prints for a stream, end included. */
export function print(reporter: Reporter, records: readonly StreamRecord[]): string {
  return records.map((record) => reporter.record(record)).join("") + reporter.finish();
}
