import { describe, expect, test } from "bun:test";
import { errorRecord, type Level } from "../../diag/mod.ts";
import type { RuntimeSpec } from "../pragma/mod.ts";
import { judgeErrors, judgeOutput, judgeStore } from "./judge_run.ts";

const pos = { line: 1, column: 9, offset: 8 };
const at = <T>(value: T, column: number) => ({ value, pos: { line: 1, column, offset: column - 1 } });
const raised = (code: string, message = "boom", level: Level = "error") => errorRecord({ code, message, level });

function expecting(codes: string[], message?: string): RuntimeSpec {
  return {
    timeoutMs: 0,
    emit: false,
    expectErrors: at(codes, 30),
    ...(message === undefined ? {} : { message: at(message, 50) }),
  };
}

describe("errors of a run (the truth table of ami-tests §5)", () => {
  const codes = (runtime: RuntimeSpec | undefined, ...records: ReturnType<typeof raised>[]) =>
    judgeErrors(records, runtime, pos).map(({ code, pos }) => [code, pos?.column]);

  test("none, and none expected: holds", () => expect(codes(undefined)).toEqual([]));
  test("the first hard error that nobody expected is the failure, at test:", () => {
    expect(codes(undefined, raised("W_LATE", "late", "warn"), raised("E_A"), raised("E_B"))).toEqual([["E_A", 9]]);
  });
  test("warnings alone are no errors", () => expect(codes(undefined, raised("W_LATE", "late", "warn"))).toEqual([]));
  test("exactly those listed: holds", () =>
    expect(codes(expecting(["E_A", "E_B"]), raised("E_B"), raised("E_A"))).toEqual([]));
  test("a listed warning may be raised", () => {
    expect(codes(expecting(["W_LATE"]), raised("W_LATE", "late", "warn"))).toEqual([]);
  });
  test("nothing listed was raised and nothing hard", () => {
    expect(codes(expecting(["E_A"]))).toEqual([["E_ERROR_MISSING", 30]]);
    expect(codes(expecting(["E_A"]), raised("W_X", "w", "warn"))).toEqual([["E_ERROR_MISSING", 30]]);
  });
  test("one of two listed is missing", () => {
    expect(codes(expecting(["E_A", "E_B"]), raised("E_A"))).toEqual([["E_ERROR_MISMATCH", 30]]);
  });
  test("a listed warning came, a listed error did not", () => {
    expect(codes(expecting(["W_X", "E_B"]), raised("W_X", "w", "warn"))).toEqual([["E_ERROR_MISMATCH", 30]]);
  });
  test("another hard error was raised", () => {
    expect(codes(expecting(["E_A"]), raised("E_A"), raised("E_B"))).toEqual([["E_ERROR_MISMATCH", 30]]);
    expect(codes(expecting(["E_Y"]), raised("E_X"))).toEqual([["E_ERROR_MISMATCH", 30]]);
  });
  test("codes are compared exactly", () =>
    expect(codes(expecting(["e_a"]), raised("E_A"))).toEqual([["E_ERROR_MISMATCH", 30]]));
  test("the message may be that of any listed record, in any letter case", () => {
    expect(codes(expecting(["E_A"], "BIG: 10"), raised("E_A", "x"), raised("E_A", "too big: 10"))).toEqual([]);
    expect(codes(expecting(["E_A"], "small"), raised("E_A", "too big"))).toEqual([["E_ERROR_MESSAGE", 50]]);
  });
  test("both codes are named", () => {
    expect(judgeErrors([raised("E_X")], expecting(["E_Y"]), pos)[0]?.message).toBe(
      "expected E_Y, but the run raised E_X",
    );
  });
});

describe("output", () => {
  test("gives one finding per difference, all at the value of the expectation", () => {
    const findings = judgeOutput([{ x: 1, y: 1 }], [{ y: 2, z: 3 }], pos);
    expect(findings.map(({ data }) => data)).toEqual([
      { path: "$[0].x", kind: "missing", expected: 1 },
      { path: "$[0].y", kind: "changed", expected: 1, actual: 2 },
      { path: "$[0].z", kind: "unexpected", actual: 3 },
    ]);
    expect(findings.every((finding) => finding.pos === pos && finding.code === "E_OUTPUT_MISMATCH")).toBe(true);
  });

  test("counts what is more than anybody reads", () => {
    const findings = judgeOutput(
      Array.from({ length: 1500 }, (_, i) => i),
      Array.from({ length: 1500 }, (_, i) => -1 - i),
      pos,
    );
    expect([findings.length, findings.at(-1)?.message]).toEqual([1001, "the output has 500 more differences"]);
  });
  test("says nothing of equal values", () => expect(judgeOutput({ a: 1.0, b: 2 }, { b: 2, a: 1 }, pos)).toEqual([]));
  test("cuts a huge value in its sentence", () => {
    expect(judgeOutput("x".repeat(10_000), 1, pos)[0]?.message.length).toBeLessThan(200);
  });
});

describe("a store", () => {
  const peek = (key: string) => ({ a: 1, n: null })[key];
  const data = (expected: Record<string, number | null>) =>
    judgeStore(expected, "p/n", peek, pos).map(({ data }) => data);

  test("holds what is expected", () => expect(data({ a: 1, n: null, gone: null })).toEqual([]));
  test("lacks a key", () => expect(data({ b: 2 })).toEqual([{ path: "$.b", kind: "missing", expected: 2 }]));
  test("has another value", () =>
    expect(data({ a: 2 })).toEqual([{ path: "$.a", kind: "changed", expected: 2, actual: 1 }]));
  test("has a key that should be absent", () => {
    expect(data({ a: null })).toEqual([{ path: "$.a", kind: "changed", expected: null, actual: 1 }]);
  });
});
