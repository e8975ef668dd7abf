import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readTestFile, type TestFile } from "./test_file.ts";

function read(...lines: string[]): TestFile {
  return readTestFile("sub/t_test.ami", lines.map((line) => line.replace(/^test:/, "#pragma test:")).join("\n"));
}

describe("the file", () => {
  test("says its package and whether it has source", () => {
    expect(read("package app", "test:case a")).toMatchObject({
      package: "app",
      hasSource: true,
      file: "sub/t_test.ami",
    });
    expect(read("// package app", "test:case a")).toMatchObject({ package: "main", hasSource: false });
  });

  test("words of the language in a case's name are a name", () => {
    const { cases } = read("package app", "test:case pipeline func error {", "test:runtime");
    expect(cases.map((spec) => `${spec.case} ${spec.line}`)).toEqual(["pipeline func error { 3"]);
  });
});

test("whatever the lines, each finding is one of a case, and cases stand in their order with names of their own", () => {
  const line = fc.constantFrom(
    "test:case a",
    "test:case b",
    "test:case",
    "test:runtime",
    "test:runtime input=1",
    "test:runtime foo=1 inptu={}",
    "test:runtme",
    "test:kv get=a",
    "test:kv",
    "test:fixture path=x",
    "test:skip",
    "test:expect_errors",
    "test:expect_error",
    "package p",
    "/*",
    "*/",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 15 }), (lines) => {
      const file = read(...lines);
      const inCases = new Set(file.cases.flatMap(({ findings }) => findings));
      expect([...inCases].sort((a, b) => (a.pos?.offset ?? 0) - (b.pos?.offset ?? 0))).toEqual([...file.findings]);
      expect(file.cases.length).toBeGreaterThan(0);
      const at = file.cases.map((spec) => spec.line);
      expect(at).toEqual(at.toSorted((a, b) => a - b));
      expect(new Set(file.cases.map((spec) => spec.case)).size).toBe(at.length);
      for (const { findings, kind, runtime, bare, directives } of file.cases) {
        const offsets = findings.map(({ pos }) => pos?.offset ?? 0);
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
        // A case can be run, or says why not.
        if (kind === "pragma") expect(runtime !== undefined || findings.length > 0).toBe(true);
        else expect(bare).toBe(directives.length === 0);
      }
    }),
    { numRuns: 200 },
  );
});

test("no text makes the reading throw, and places lie in the text", () => {
  const pragma = fc.constantFrom("case", "runtime", "fixture", "kv", "skip", "assert", "expect_error", "x");
  fc.assert(
    fc.property(fc.array(fc.tuple(pragma, fc.string({ unit: "binary" }))), (lines) => {
      const text = lines.map(([name, payload]) => `#pragma test:${name} ${payload}`).join("\n");
      const size = Buffer.byteLength(text);
      for (const { pos } of readTestFile("a_test.ami", text).findings) expect(pos?.offset).toBeWithin(0, size + 1);
    }),
    { numRuns: 200 },
  );
});

test("large files are read in linear time", () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `test:case a\ntest:runtime input={"k":${at}}`);
  expect(read(...many.join("\n").split("\n")).cases.at(-1)?.case).toBe("a#20000");
  expect(read(...Array.from({ length: 20_000 }, () => "test:runtime")).cases.length).toBe(20_000);
  expect(read(...Array.from({ length: 20_000 }, () => "test:case x\ntest:expect_errors")).cases.length).toBe(20_000);
  expect(read(`test:runtime input={"a":"${"x".repeat(1_000_000)}"} foo=1`).findings[0]?.pos?.column).toBe(1_000_037);
  expect(read(`test:runtime ${"foo=1 ".repeat(20_000)}`).findings.length).toBe(20_000);
}, 10_000);
