import { describe, expect, test } from "bun:test";
import { diagnostic, type Level } from "../../diag/mod.ts";
import type { DirectiveSpec } from "../pragma/mod.ts";
import { expectsWarning, judgeDirectives } from "./judge_directives.ts";

const pos = { line: 3, column: 9, offset: 20 };
const found = (code: string, message = "m", level: Level = "error", line = 1, column = 1) =>
  diagnostic({ code, message, level, pos: { line, column, offset: column - 1 } });
const holds = (directive: DirectiveSpec, ...findings: ReturnType<typeof found>[]) =>
  judgeDirectives([directive], findings).length === 0;

describe("assert", () => {
  const parse = found("E_PARSE", "expected 'package', got \"func\"", "error", 6, 8);
  const fails = (more: Partial<Extract<DirectiveSpec, { kind: "assert" }>>) =>
    holds({ kind: "assert", holds: "parse_fail", pos, ...more }, parse, found("E_X"));

  test("parse_ok holds without a syntax error, whatever else is wrong", () => {
    expect(holds({ kind: "assert", holds: "parse_ok", pos }, found("E_X"))).toBe(true);
    expect(holds({ kind: "assert", holds: "parse_ok", pos }, parse)).toBe(false);
  });
  test("parse_fail needs a syntax error", () => {
    expect(fails({})).toBe(true);
    expect(holds({ kind: "assert", holds: "parse_fail", pos }, found("E_X"))).toBe(false);
  });
  test("count is the number of syntax errors", () => {
    expect([fails({ count: 1 }), fails({ count: 2 })]).toEqual([true, false]);
  });
  test("code, msg and msg~ each need one that fits", () => {
    expect([fails({ code: "E_PARSE" }), fails({ code: "E_NOT_PARSE" })]).toEqual([true, false]);
    expect([fails({ exactMessage: "expected 'package'" }), fails({ exactMessage: "EXPECTED" })]).toEqual([true, false]);
    expect([fails({ message: "EXPECTED" }), fails({ message: "other" })]).toEqual([true, false]);
  });
  test("line, column and offset together need one that fits all", () => {
    expect([fails({ line: 6, column: 8, offset: 7 }), fails({ line: 6, column: 9 })]).toEqual([true, false]);
  });
});

describe("expectations", () => {
  test("expect_error needs one error of that code; further findings are allowed", () => {
    const directive: DirectiveSpec = { kind: "expect_error", code: "E_A", pos };
    expect(holds(directive, found("E_A"), found("E_A"), found("E_B"))).toBe(true);
    expect(holds(directive, found("E_B"))).toBe(false);
    expect(holds(directive, found("E_A", "m", "warn"))).toBe(false);
  });
  test("with count exactly so many", () => {
    const directive: DirectiveSpec = { kind: "expect_error", code: "E_A", count: 2, pos };
    expect([holds(directive, found("E_A")), holds(directive, found("E_A"), found("E_A"))]).toEqual([false, true]);
  });
  test("with msg~ only those whose message has the text", () => {
    const directive: DirectiveSpec = { kind: "expect_warn", code: "W_A", message: "Deep", count: 1, pos };
    expect(holds(directive, found("W_A", "deep end", "warn"), found("W_A", "shallow", "warn"))).toBe(true);
  });
  test("expect_errors and expect_warnings compare totals", () => {
    expect(holds({ kind: "expect_errors", count: 1, pos }, found("E_A"), found("W_A", "m", "warn"))).toBe(true);
    expect(holds({ kind: "expect_errors", count: 1, pos }, found("E_A"), found("E_B"))).toBe(false);
    expect(holds({ kind: "expect_warnings", count: 1, pos })).toBe(false);
    expect(holds({ kind: "expect_no_errors", pos }, found("W_A", "m", "warn"))).toBe(true);
    expect(holds({ kind: "expect_no_warnings", pos }, found("W_A", "m", "warn"))).toBe(false);
  });
  test("the finding stands at the first directive that does not hold", () => {
    const second = { line: 4, column: 9, offset: 40 };
    const directives: DirectiveSpec[] = [
      { kind: "expect_no_warnings", pos },
      { kind: "expect_error", code: "E_A", pos: second },
      { kind: "expect_error", code: "E_B", pos },
    ];
    expect(judgeDirectives(directives, [found("E_C")])).toEqual([
      {
        code: "E_EXPECT_DIAGNOSTICS",
        message: "expected the error E_A, found none: E_C m at 1:1",
        pos: second,
      },
    ]);
  });
});

describe("under --strict a case expects", () => {
  const warning = found("W_A", "m", "warn");
  test("the warnings that fit its expect_warn", () => {
    expect(expectsWarning([{ kind: "expect_warn", code: "W_A", pos }], warning)).toBe(true);
    expect(expectsWarning([{ kind: "expect_warn", code: "W_B", pos }], warning)).toBe(false);
  });
  test("any warning with expect_warnings", () => {
    expect(expectsWarning([{ kind: "expect_warnings", count: 1, pos }], warning)).toBe(true);
    expect(expectsWarning([{ kind: "expect_error", code: "W_A", pos }], warning)).toBe(false);
  });
});
