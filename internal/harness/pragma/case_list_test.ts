import { describe, expect, test } from "bun:test";
import type { CaseSpec } from "./cases.ts";
import { readTestFile, type TestFile } from "./test_file.ts";

function read(...lines: string[]): TestFile {
  return readTestFile("sub/t_test.ami", lines.map((line) => line.replace(/^test:/, "#pragma test:")).join("\n"));
}

/** `case kind line`, then what else is said of it. */
function cases(...lines: string[]): string[] {
  return read(...lines).cases.map(shown);
}

function shown(spec: CaseSpec): string {
  const { runtime } = spec;
  const said = [
    `${spec.case} ${spec.kind} ${spec.line}`,
    runtime?.pipeline && `pipeline=${runtime.pipeline.value}`,
    runtime?.input && `input=${JSON.stringify(Object.values(runtime.input.value)[1])}`,
    spec.directives.length > 0 && `directives=${spec.directives.map(({ kind }) => kind)}`,
    spec.fixtures.length > 0 && `fixtures=${spec.fixtures.map(({ path }) => path.value)}`,
    spec.kv.length > 0 && `kv=${spec.kv.map(({ ns }) => ns)}`,
    spec.bare && "bare",
    spec.skip !== undefined && `skip=${spec.skip}`,
    ...spec.findings.map(({ code, pos }) => `${code}@${pos?.line}`),
  ];
  return said.filter((part) => typeof part === "string").join(" ");
}

describe("names", () => {
  test("a case is named by its section, in the preamble by the file", () => {
    expect(cases("test:runtime", "test:case a b", "test:runtime", "test:expect_errors")).toEqual([
      "t_test.ami pragma 1",
      "a b pragma 3",
      "a b#2 directive 4 directives=expect_errors",
    ]);
  });

  test("repeated names are numbered over the whole file, in the order of the cases", () => {
    expect(
      cases(
        "test:case a",
        "test:runtime",
        "test:case b",
        "test:runtime",
        "test:case a",
        "test:expect_errors",
        "test:runtime",
      ),
    ).toEqual(["a pragma 2", "b pragma 4", "a#2 directive 6 directives=expect_errors", "a#3 pragma 7"]);
    expect(read("test:case a", "test:runtime", "test:runtime").cases.map(({ name }) => name)).toEqual(["a", "a"]);
  });

  test("a case line without a name opens a section that is named after the file and fails", () => {
    expect(cases("test:case a", "test:runtime", "test:case", "test:runtime", "test:runtime", "test:case ''")).toEqual([
      "a pragma 2",
      "t_test.ami pragma 4 E_PRAGMA_MISSING@3",
      "t_test.ami#2 pragma 5 E_PRAGMA_MISSING@3",
      "t_test.ami#3 directive 6 bare E_PRAGMA_MISSING@6",
    ]);
  });
});

describe("runtime lines", () => {
  test("each is one case, placed at its test:", () => {
    const { cases: all } = read("test:case a", " \t test:runtime".replace("test:", "#pragma test:"), "test:runtime");
    expect(all.map(({ pos }) => pos)).toEqual([
      { line: 2, column: 12, offset: 31 },
      { line: 3, column: 9, offset: 52 },
    ]);
  });

  test("one that names no events takes them from the line before it in its section", () => {
    expect(
      cases(
        "test:case a",
        "test:runtime pipeline=P input=1 output=2 timeout=5 emit=true",
        "test:runtime expect_error=E_X",
        "test:runtime",
        "test:runtime input=2",
        "test:runtime",
        "test:runtime pipeline=Q",
        "test:runtime",
        "test:case b",
        "test:runtime",
      ),
    ).toEqual([
      "a pragma 2 pipeline=P input=1",
      "a#2 pragma 3 pipeline=P input=1",
      "a#3 pragma 4 pipeline=P input=1",
      "a#4 pragma 5 input=2",
      "a#5 pragma 6 input=2",
      "a#6 pragma 7 pipeline=Q",
      "a#7 pragma 8 pipeline=Q",
      "b pragma 10",
    ]);
  });

  test("it takes neither expectations nor timeout nor emit", () => {
    const [, second, third] = read(
      "test:case a",
      "test:runtime events=@e output=2 expect_error=E_A msg~=x timeout=5 emit=true",
      "test:runtime expect_error=E_B",
      "test:runtime",
    ).cases;
    expect(second?.runtime).toMatchObject({ expectErrors: { value: ["E_B"] }, timeoutMs: 0, emit: false });
    expect(Object.keys(second?.runtime ?? {}).sort()).toEqual(["emit", "expectErrors", "input", "timeoutMs"]);
    expect(Object.keys(third?.runtime ?? {}).sort()).toEqual(["emit", "input", "timeoutMs"]);
  });

  test("it passes over malformed lines", () => {
    expect(cases("test:case a", "test:runtime input=1", "test:runtime input=2 foo=1", "test:runtime")).toEqual([
      "a pragma 2 input=1",
      "a#2 pragma 3 E_PRAGMA_KEY@3",
      "a#3 pragma 4 input=1",
    ]);
  });

  test("in the preamble it takes them from the line above as well", () => {
    expect(cases("test:runtime pipeline=P input=1", "test:runtime output=1")).toEqual([
      "t_test.ami pragma 1 pipeline=P input=1",
      "t_test.ami#2 pragma 2 pipeline=P input=1",
    ]);
  });

  test("the first of a section takes them from the preamble's default, if there is one", () => {
    const preamble = ["test:runtime pipeline=P input=1", "test:runtime output=1"];
    expect(cases(...preamble, "test:case a", "test:runtime", "test:case b")).toEqual([
      "t_test.ami pragma 1 pipeline=P input=1",
      "a pragma 4 pipeline=P input=1",
      "b pragma 5 pipeline=P input=1",
    ]);
    // Without a bare section there is no default.
    expect(cases(...preamble, "test:case a", "test:runtime").at(-1)).toBe("a pragma 4");
  });
});

describe("directives", () => {
  test("those of a section are one case, placed at the first, in the order of the lines", () => {
    expect(
      cases("test:case a", "test:runtime", "test:expect_errors", "test:runtime", "test:assert parse_ok", "test:case b"),
    ).toEqual(["a pragma 2", "a#2 directive 3 directives=expect_errors,assert", "a#3 pragma 4", "b directive 6 bare"]);
  });

  test("those of the preamble are one case, named after the file", () => {
    expect(cases("test:expect_no_errors", "test:runtime", "test:expect_no_warnings")).toEqual([
      "t_test.ami directive 1 directives=expect_no_errors,expect_no_warnings",
      "t_test.ami#2 pragma 2",
    ]);
  });

  test("a malformed one is none: its section may be bare, and fails", () => {
    expect(cases("test:case a", "test:expect_error count=2")).toEqual(["a directive 1 bare E_PRAGMA_MISSING@2"]);
    expect(cases("test:case a", "test:assert x", "test:expect_errors")).toEqual([
      "a directive 3 directives=expect_errors E_PRAGMA_VALUE@2",
    ]);
  });
});

describe("bare sections", () => {
  test("run the last early line, which is then no case of its own", () => {
    expect(
      cases("test:runtime input=1", "test:runtime input=2", "test:case a", "test:case b", "test:runtime input=3"),
    ).toEqual(["t_test.ami pragma 1 input=1", "a pragma 3 input=2", "b pragma 5 input=3"]);
    expect(cases("test:runtime input=1", "test:case a", "test:kv ns=x get=a")).toEqual(["a pragma 2 input=1 kv=x"]);
  });

  test("what the default expects is placed where it stands, the case at its own line", () => {
    const [spec] = read("test:runtime input=1 output=2", "test:case a").cases;
    expect(spec?.pos).toMatchObject({ line: 2, column: 9 });
    expect(spec?.runtime?.expectOutput?.pos).toMatchObject({ line: 1, column: 37 });
  });

  test("without a default they run without events if they have fixtures or stores", () => {
    expect(cases("test:case a", "test:fixture path=x", "test:case b", "test:kv ns=n get=a")).toEqual([
      "a pragma 1 fixtures=x",
      "b pragma 3 kv=n",
    ]);
    expect(read("test:case a", "test:kv get=a").cases[0]?.runtime).toEqual({ timeoutMs: 0, emit: false });
  });

  test("with nothing they expect no errors; what the preamble has is not theirs", () => {
    expect(cases("test:fixture path=x", "test:case a", "test:case b", "test:skip")).toEqual([
      "a directive 2 bare",
      "b directive 3 bare skip=skipped",
    ]);
  });

  test("a file that yields no case yields one, at line 1", () => {
    for (const lines of [
      [""],
      ["", "package app"],
      ["", "test:fixture path=x", "test:kv get=a"],
      ["", "#pragma trust level=x"],
    ]) {
      expect(cases(...lines)).toEqual(["t_test.ami directive 1 bare"]);
    }
    expect(cases("", "test:skip no")).toEqual(["t_test.ami directive 1 bare skip=no"]);
    expect(cases("", "test:runtme")).toEqual(["t_test.ami directive 1 bare E_PRAGMA_UNKNOWN@2"]);
    expect(read("\n").cases[0]?.pos).toEqual({ line: 1, column: 1, offset: 0 });
  });
});

describe("scope", () => {
  test("fixtures and stores hold for all runtime cases of their section, wherever they stand, the preamble's first", () => {
    expect(
      cases(
        "test:kv ns=p get=a",
        "test:expect_errors",
        "test:runtime",
        "test:fixture path=P",
        "test:case a",
        "test:runtime",
        "test:kv ns=x get=a",
        "test:fixture path=A",
        "test:runtime",
        "test:expect_errors",
        "test:case b",
        "test:runtime",
      ),
    ).toEqual([
      "t_test.ami directive 2 directives=expect_errors",
      "t_test.ami#2 pragma 3 fixtures=P kv=p",
      "a pragma 6 fixtures=P,A kv=p,x",
      "a#2 pragma 9 fixtures=P,A kv=p,x",
      "a#3 directive 10 directives=expect_errors",
      "b pragma 12 fixtures=P kv=p",
    ]);
  });

  test("a skip covers its section, in the preamble the whole file; the nearer and the first reason counts", () => {
    expect(
      cases("test:case a", "test:runtime", "test:skip x", "test:skip y", "test:expect_errors", "test:case b"),
    ).toEqual(["a pragma 2 skip=x", "a#2 directive 5 directives=expect_errors skip=x", "b directive 6 bare"]);
    expect(
      cases(
        "test:skip all",
        "test:runtime",
        "test:case a",
        "test:runtime",
        "test:case b",
        "test:skip b",
        "test:runtime",
      ),
    ).toEqual(["t_test.ami pragma 2 skip=all", "a pragma 4 skip=all", "b pragma 7 skip=b"]);
  });
});

describe("findings", () => {
  test("a malformed runtime line fails its own case only, and has no runtime", () => {
    const file = read("test:case a", "test:runtime input=x", "test:runtime input=1");
    expect(file.cases.map(shown)).toEqual(["a pragma 2 E_PRAGMA_JSON@2", "a#2 pragma 3 input=1"]);
    expect(file.cases[0]?.runtime).toBeUndefined();
  });

  test("any other malformed line fails all cases of its section, and is the same finding in all", () => {
    const file = read(
      "test:case a",
      "test:runtime",
      "test:runtime foo=1",
      "test:fixture mode=bad path=x",
      "test:expect_errors",
      "test:case b",
      "test:runtime",
    );
    expect(file.cases.map(shown)).toEqual([
      "a pragma 2 E_FIXTURE_MODE@4",
      "a#2 pragma 3 E_PRAGMA_KEY@3 E_FIXTURE_MODE@4",
      "a#3 directive 5 directives=expect_errors E_FIXTURE_MODE@4",
      "b pragma 7",
    ]);
    expect(file.findings.map(({ code }) => code)).toEqual(["E_PRAGMA_KEY", "E_FIXTURE_MODE"]);
    const places = [file.cases[0]?.findings[0], file.cases[1]?.findings[1], file.cases[2]?.findings[0]];
    expect(places.every((finding) => finding === file.findings[1])).toBe(true);
  });

  test("one of the preamble fails all cases of the file, by position", () => {
    expect(
      cases(
        "test:runtime a",
        "test:kv",
        "test:case a",
        "test:runtime b",
        "test:foo",
        "test:case b",
        "test:expect_errors",
      ),
    ).toEqual([
      "t_test.ami pragma 1 E_PRAGMA_SYNTAX@1 E_PRAGMA_MISSING@2",
      "a pragma 4 E_PRAGMA_MISSING@2 E_PRAGMA_SYNTAX@4 E_PRAGMA_UNKNOWN@5",
      "b directive 7 directives=expect_errors E_PRAGMA_MISSING@2",
    ]);
  });

  test("a malformed default fails the bare sections that run it, and no other", () => {
    expect(cases("test:runtime input=1", "test:runtime input=x", "test:case a", "test:case b", "test:runtime")).toEqual(
      ["t_test.ami pragma 1 input=1", "a pragma 3 E_PRAGMA_JSON@2", "b pragma 5"],
    );
  });

  test("a skipped case keeps its findings, since they are still emitted", () => {
    expect(cases("test:case a", "test:skip", "test:runtme", "test:runtime x")).toEqual([
      "a pragma 4 skip=skipped E_PRAGMA_UNKNOWN@3 E_PRAGMA_SYNTAX@4",
    ]);
  });
});
