import { describe, expect, test } from "bun:test";
import { scanSource } from "../../ami/mod.ts";
import { LineIndex } from "../../diag/mod.ts";
import { readCaseLine } from "./case_line.ts";

function content(text: string): unknown {
  const [pragma] = scanSource(text).pragmas;
  if (pragma === undefined) throw new Error(`${text} is no pragma line`);
  return readCaseLine({ file: "a_test.ami", lines: new LineIndex(text) }, pragma).content;
}

/** The position of a column in the first line of an ASCII text. */
function at(column: number): object {
  return { line: 1, column, offset: column - 1 };
}

describe("case and skip", () => {
  test("take the rest of the line, trimmed, without one pair of quotes", () => {
    const names = [
      "a b",
      "\t a b \t",
      '"a b"',
      "'a b'",
      `'it's'`,
      `"a' `,
      '""a""',
      '"',
      "input={} // x",
      "pipeline func error",
    ];
    expect(names.map((name) => content(`#pragma test:case ${name}`))).toEqual(
      ["a b", "a b", "a b", "a b", "it's", `"a'`, '"a"', '"', "input={} // x", "pipeline func error"].map((name) => ({
        kind: "case" as const,
        name,
      })),
    );
  });

  test("a case of blanks or of empty quotes has no name", () => {
    for (const name of ["", "  ", '""', "' '"]) {
      expect(content(`#pragma test:case ${name}`)).toEqual({ kind: "case", name: undefined });
    }
  });

  test("a skip without a reason has one", () => {
    expect(content("#pragma test:skip because of x")).toEqual({ kind: "skip", reason: "because of x" });
    expect(content("#pragma test:skip 'a'")).toEqual({ kind: "skip", reason: "a" });
    for (const text of ["#pragma test:skip", "#pragma test:skip  ", '#pragma test:skip ""']) {
      expect(content(text)).toEqual({ kind: "skip", reason: "skipped" });
    }
  });
});

describe("runtime", () => {
  test("all keys, each with the place of its value", () => {
    const text = `#pragma test:runtime pipeline=P input=[1] output='"x"' expect_error=E_A,E_B msg~="a b" timeout=5 emit=1`;
    expect(content(text)).toEqual({
      kind: "runtime",
      spec: {
        pipeline: { value: "P", pos: at(31) },
        input: { value: { kind: "stream", values: [1] }, pos: at(39) },
        expectOutput: { value: { kind: "json", value: "x" }, pos: at(50) },
        expectErrors: { value: ["E_A", "E_B"], pos: at(69) },
        message: { value: "a b", pos: at(82) },
        timeoutMs: 5,
        emit: true,
      },
    });
  });

  test("no key is needed", () => {
    expect(content("#pragma test:runtime")).toEqual({ kind: "runtime", spec: { timeoutMs: 0, emit: false } });
  });

  test("events are a file", () => {
    expect(content("#pragma test:runtime events=@d/e.jsonl")).toMatchObject({
      spec: { input: { value: { kind: "events_file", path: "d/e.jsonl" }, pos: at(29) } },
    });
  });

  test("a malformed line has no spec", () => {
    expect(content("#pragma test:runtime input={} foo=1")).toEqual({ kind: "runtime", spec: undefined });
  });
});

describe("fixture and kv", () => {
  test("a fixture is read-only unless it says otherwise; its path is not judged here", () => {
    expect(content("#pragma test:fixture path=../x")).toEqual({
      kind: "fixture",
      spec: { path: { value: "../x", pos: at(27) }, mode: "ro" },
    });
    expect(content('#pragma test:fixture mode=rw path=""')).toMatchObject({
      spec: { path: { value: "" }, mode: "rw" },
    });
  });

  test("a kv line with all keys", () => {
    const text =
      '#pragma test:kv ns="P/s" put={"a":1} get=a,b expect={"a":null} ttl=5 sliding=false max_reads=2 capacity=3 emit=true share=file';
    expect(content(text)).toEqual({
      kind: "kv",
      spec: {
        ns: "P/s",
        puts: [["a", 1]],
        gets: ["a", "b"],
        expect: { value: { a: null }, pos: at(53) },
        ttlMs: 5,
        sliding: false,
        maxReads: 2,
        capacity: 3,
        emit: true,
        share: "file",
        pos: at(9),
      },
    });
  });

  test("a kv line with one key", () => {
    expect(content("#pragma test:kv get=a")).toEqual({
      kind: "kv",
      spec: { ns: "", puts: [], gets: ["a"], emit: false, share: "case", pos: at(9) },
    });
  });
});

test("a malformed line of any other kind says nothing", () => {
  for (const payload of [
    "runtme",
    "kv",
    "fixture mode=ro",
    "fixture path=a mode=b",
    "expect_error count=1",
    "assert x",
  ]) {
    expect(content(`#pragma test:${payload}`)).toEqual({ kind: "malformed" });
  }
});
