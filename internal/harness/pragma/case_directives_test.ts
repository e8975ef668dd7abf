import { expect, test } from "bun:test";
import { readTestFile } from "./test_file.ts";

function directive(payload: string): unknown {
  const file = readTestFile("a_test.ami", ` #pragma test:${payload}`);
  expect(file.findings).toEqual([]);
  const [spec, ...more] = file.cases[0]?.directives ?? [];
  expect(more).toEqual([]);
  if (spec === undefined) return undefined;
  const { pos, ...rest } = spec;
  expect(pos).toEqual({ line: 1, column: 10, offset: 9 });
  return rest;
}

test("assert takes a word and what its syntax errors must be", () => {
  expect(directive("assert parse_ok")).toEqual({ kind: "assert", holds: "parse_ok" });
  expect(
    directive(`assert parse_fail count=0 code=E_PARSE message="expected 'package'" msg~=func line=1 column=2 offset=0`),
  ).toEqual({
    kind: "assert",
    holds: "parse_fail",
    count: 0,
    code: "E_PARSE",
    exactMessage: "expected 'package'",
    message: "func",
    line: 1,
    column: 2,
    offset: 0,
  });
});

test("expect_error and expect_warn take a code", () => {
  expect(directive("expect_error E_BAD_IMPORT")).toEqual({ kind: "expect_error", code: "E_BAD_IMPORT" });
  expect(directive("expect_warn W_X count=2 msg~='a b'")).toEqual({
    kind: "expect_warn",
    code: "W_X",
    count: 2,
    message: "a b",
  });
});

test("totals are one unless they say otherwise", () => {
  expect(directive("expect_errors")).toEqual({ kind: "expect_errors", count: 1 });
  expect(directive("expect_warnings count=0")).toEqual({ kind: "expect_warnings", count: 0 });
});

test("absence takes nothing", () => {
  expect(directive("expect_no_errors")).toEqual({ kind: "expect_no_errors" });
  expect(directive("expect_no_warnings \t")).toEqual({ kind: "expect_no_warnings" });
});
