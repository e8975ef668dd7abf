import { describe, expect, test } from "bun:test";
import { type RunExpectation, unexpectedIn } from "./run_expectation.ts";
import type { RunResult } from "./run_result.ts";

const RESULT: RunResult = {
  status: "failed",
  state: { inputs: {}, steps: {}, outputs: {} },
  events: [],
  summary: {},
  outputs: { a: { b: 1, c: [{ d: 2, e: 3 }] }, constructor: 1 },
  error: { code: 2042, name: "E_STEP_FAILED", message: "no", data: {} },
};

describe("a run is held to what is expected of it (flows §15)", () => {
  const paths = (expectation: RunExpectation) => unexpectedIn(expectation, RESULT).map(({ path }) => path);

  test("outputs match as a subset, or exactly", () => {
    expect(paths({})).toEqual([]);
    expect(paths({ status: "failed", outputs: { a: { c: [{ d: 2 }] } } })).toEqual([]);
    expect(paths({ outputs: { a: { c: [{ d: 2 }] } }, exact: true })).toEqual([
      "outputs.a.b",
      "outputs.a.c[0].e",
      "outputs.constructor",
    ]);
    expect(paths({ outputs: RESULT.outputs as never, exact: true })).toEqual([]);
    expect(unexpectedIn({ outputs: { a: { b: 2, z: 1 } } }, RESULT)).toEqual([
      { path: "outputs.a.b", expected: 2, actual: 1 },
      { path: "outputs.a.z", expected: 1, actual: undefined },
    ]);
    expect(paths({ outputs: { a: { c: [] } } })).toEqual(["outputs.a.c[0]"]);
  });

  test("an error is a code or a name", () => {
    expect([paths({ error: 2042 }), paths({ error: "E_STEP_FAILED" })]).toEqual([[], []]);
    expect(unexpectedIn({ status: "completed", error: "E_RUN_TIMEOUT" }, RESULT)).toEqual([
      { path: "status", expected: "completed", actual: "failed" },
      { path: "error", expected: "E_RUN_TIMEOUT", actual: "E_STEP_FAILED" },
    ]);
    expect(unexpectedIn({ error: 2001 }, RESULT)).toEqual([{ path: "error", expected: 2001, actual: 2042 }]);
  });
});
