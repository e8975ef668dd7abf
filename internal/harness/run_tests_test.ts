import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { EXIT, LineIndex } from "../diag/mod.ts";
import { collectRun, tempFiles } from "../testkit/mod.ts";
import { readKnownFailing } from "./known_failing.ts";
import { StreamRecordSchema, type TestEnd } from "./records.ts";

const pass = (name: string) => `#pragma test:case ${name}\n#pragma test:runtime input={} output={}\n`;
const fail = (name: string) => `#pragma test:case ${name}\n#pragma test:runtime input={} output=1\n`;

type Run = Awaited<ReturnType<typeof collectRun>>;
const ends = (run: Run): TestEnd[] =>
  run.records.filter((record) => "type" in record && record.type === "test_end") as TestEnd[];
const statuses = (run: Run) => ends(run).map(({ case: name, status, reason }) => [name, reason ?? status].join(": "));
const last = (run: Run) => run.records.at(-1);

test("every record of a run fits the schema", async () => {
  const cwd = tempFiles({
    "a_test.ami": `${pass("a") + fail("b")}#pragma test:nope\n`,
    "b_test.ami": new Uint8Array([255]),
  });
  const run = await collectRun(cwd, { kvEvents: true });
  for (const record of run.records) expect(v.safeParse(StreamRecordSchema, record).issues).toBeUndefined();
});

test("two runs differ in nothing but wall time", async () => {
  const cwd = tempFiles({ "a_test.ami": pass("a") + fail("b"), "b_test.ami": fail("c") });
  const strip = (run: Run) => run.records.map(({ timestamp: _t, ...rest }) => ({ ...rest, duration_ms: 0 }));
  const [first, second] = [
    await collectRun(cwd, { kvEvents: true }),
    await collectRun(cwd, { kvEvents: true, parallel: 8 }),
  ];
  expect(strip(second)).toEqual(strip(first));
});

describe("exit codes", () => {
  const exitOf = async (files: Record<string, string | Uint8Array>, options = {}) =>
    (await collectRun(tempFiles(files), options)).exit;

  test("0: all passed or skipped", async () => {
    expect(
      await exitOf({ "a_test.ami": `${pass("a")}#pragma test:case s\n#pragma test:skip\n#pragma test:runtime\n` }),
    ).toBe(0);
  });
  test("1: a case failed", async () => expect(await exitOf({ "a_test.ami": pass("a") + fail("b") })).toBe(1));
  test("2: a file could not be loaded, also beside failures", async () => {
    expect(await exitOf({ "a_test.ami": fail("a"), "b_test.ami": new Uint8Array([255]) })).toBe(2);
  });
  test("5: nothing matched; 0 with --no-tests=pass", async () => {
    expect(await exitOf({})).toBe(5);
    expect(await exitOf({ "a_test.ami": pass("a") }, { run: /nothing/ })).toBe(5);
    expect(await exitOf({}, { noTests: "pass" })).toBe(0);
  });
});

test("load errors stand right after run_start, by path, and are no cases", async () => {
  const bad = new Uint8Array([255]);
  const run = await collectRun(tempFiles({ "b_test.ami": pass("x"), "c_test.ami": bad, "a_test.ami": bad }));
  expect(
    run.records.slice(0, 4).map((record) => ("code" in record ? [record.code, record.file] : record)),
  ).toMatchObject([
    { type: "run_start", cases: 1 },
    ["E_FILE_UTF8", "a_test.ami"],
    ["E_FILE_UTF8", "c_test.ami"],
    { type: "test_start" },
  ]);
});

describe("--failfast", () => {
  test("skips every case after the first failure in stable order", async () => {
    const cwd = tempFiles({ "a_test.ami": pass("a") + fail("b") + pass("c"), "b_test.ami": fail("d") });
    const run = await collectRun(cwd, { failfast: true });
    expect(statuses(run)).toEqual(["a: pass", "b: fail", "c: failfast", "d: failfast"]);
    expect(last(run)).toMatchObject({ totals: { pass: 1, fail: 1, skip: 2, cases: 4 }, exit: { code: 1 } });
  });

  test("does not stop at a known failure", async () => {
    const knownFailing = readKnownFailing("*::b", "known.txt");
    const run = await collectRun(tempFiles({ "a_test.ami": fail("b") + pass("c") }), { failfast: true, knownFailing });
    expect(statuses(run)).toEqual(["b: fail", "c: pass"]);
  });
});

describe("--known-failing", () => {
  test("known failures do not fail the run", async () => {
    const run = await collectRun(tempFiles({ "a_test.ami": fail("b") }), {
      knownFailing: readKnownFailing("*::b", "k"),
    });
    expect(ends(run)[0]).toMatchObject({ status: "fail", known: true, ok: true, code: "E_OUTPUT_MISMATCH" });
    expect(last(run)).toMatchObject({
      totals: { pass: 0, fail: 0, skip: 0, cases: 1, known: 1, stale: 0 },
      exit: { code: 0 },
    });
  });

  test("one that passes is stale", async () => {
    const run = await collectRun(tempFiles({ "a_test.ami": pass("b") }), {
      knownFailing: readKnownFailing("*::b", "k"),
    });
    expect(ends(run)[0]).toMatchObject({ status: "pass", stale: true });
    expect(last(run)).toMatchObject({ totals: { pass: 1, known: 0, stale: 1, cases: 1 }, exit: { code: 1 } });
  });

  test("a glob that matches no case of PATH is a warning before run_end, whatever --run selects; an error with --strict", async () => {
    const cwd = tempFiles({ "a_test.ami": pass("a") + fail("b") });
    const knownFailing = readKnownFailing("*::b\n*::zz", "k");
    const run = await collectRun(cwd, { knownFailing, run: /::a/ });
    expect(run.records.at(-2)).toMatchObject({ level: "warn", code: "W_KNOWN_UNUSED", file: "k", pos: { line: 2 } });
    expect(run.exit).toBe(0);
    expect((await collectRun(cwd, { knownFailing, run: /::a/, strict: true })).exit).toBe(1);
  });
});

test("an interrupt skips the rest with its reason and ends the stream with its exit code", async () => {
  const cwd = tempFiles({ "a_test.ami": Array.from({ length: 400 }, (_, i) => pass(`c${i}`)).join("") });
  let cases = 0;
  const run = await collectRun(cwd, {}, () => (++cases > 1 ? EXIT.interrupted : undefined));
  const reasons = ends(run).map(({ reason }) => reason);
  expect(reasons.length).toBe(400);
  expect(reasons.indexOf("interrupted")).toBeGreaterThan(0);
  expect(reasons.slice(reasons.indexOf("interrupted")).every((reason) => reason === "interrupted")).toBe(true);
  expect(last(run)).toMatchObject({ exit: { code: 130, name: "interrupted" }, ok: false });
});

test("a pragma finding that fails several cases is emitted once and stands in the diagnostics of all", async () => {
  const run = await collectRun(
    tempFiles({ "a_test.ami": `#pragma test:kv putt=1\n${pass("a")}${pass("b")}${pass("c")}` }),
  );
  const emitted = run.records.findIndex((record) => "code" in record && record.code === "E_PRAGMA_KEY");
  expect(emitted).toBeGreaterThan(0);
  expect(run.records.findIndex((record) => "type" in record && record.type === "test_end")).toBeGreaterThan(emitted);
  expect(run.records.filter(({ schema }) => schema === "diag.v1").length).toBe(1);
  expect(ends(run).map(({ diagnostics }) => diagnostics?.map(({ code }) => code))).toEqual([
    ["E_PRAGMA_KEY"],
    ["E_PRAGMA_KEY"],
    ["E_PRAGMA_KEY"],
  ]);
});

describe("golden files", () => {
  const files = {
    "t_test.ami":
      '#pragma test:case g\n#pragma test:fixture path=out.json\n#pragma test:runtime input={"k":1} expect_output=@out.json\n',
  };

  test("--update writes the output and passes; the next run passes without", async () => {
    const cwd = tempFiles({ ...files, "out.json": "{}" });
    const first = await collectRun(cwd, { update: true });
    expect(statuses(first)).toEqual(["g: pass"]);
    expect(first.records).toContainEqual(
      expect.objectContaining({ level: "info", code: "GOLDEN_WRITTEN", pos: { line: 3, column: 50, offset: 104 } }),
    );
    expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe('{\n  "k": 1\n}\n');
    const second = await collectRun(cwd, { update: true });
    expect(second.records.some((record) => "code" in record)).toBe(false);
    expect((await collectRun(cwd)).exit).toBe(0);
  });

  test("--update writes one that is missing; without it that is E_FIXTURE_MISSING, blame environment", async () => {
    const cwd = tempFiles(files);
    expect(ends(await collectRun(cwd))[0]).toMatchObject({ code: "E_FIXTURE_MISSING", blame: "environment" });
    expect((await collectRun(cwd, { update: true })).exit).toBe(0);
    expect(existsSync(join(cwd, "out.json"))).toBe(true);
  });

  test("--update leaves alone what fails for another reason", async () => {
    const withError = files["t_test.ami"].replace('{"k":1}', '{"error_code":"E_X"}');
    const cwd = tempFiles({ "t_test.ami": withError, "out.json": "{}" });
    expect(ends(await collectRun(cwd, { update: true }))[0]?.code).toBe("E_X");
    expect(readFileSync(join(cwd, "out.json"), "utf8")).toBe("{}");
  });
});

test("positions of known-failing globs are those of the file", () => {
  const text = "a\n\nb\n";
  const [, second] = readKnownFailing(text, "k");
  expect(second?.pos).toEqual(new LineIndex(text).position(3));
});
