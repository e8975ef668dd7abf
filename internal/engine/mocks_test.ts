import { describe, expect, test } from "bun:test";
import { sampleIr, sampleSwitch } from "../testkit/mod.ts";
import type { Json } from "../value/mod.ts";
import { runLocal, stepLines } from "./engine_fixtures.ts";
import { readMocks } from "./read_mocks.ts";

const TWO = sampleIr([{ id: "a" }, { id: "b" }], ["a -> b"]);

function problems(document: Json): readonly string[] {
  return readMocks(document).problems.map(({ code, message, help }) => `${code} ${message}${help ? ` (${help})` : ""}`);
}

describe("mocks answer instead of steps (flows §11)", () => {
  test("the id of a step comes before its kind; a mapping that is no answer is itself the result", async () => {
    const { state } = await runLocal(TWO, {
      answers: { b: { result: { of: "b" } }, "op.x": { of: "kind", delay_ms: 0 } },
    });
    expect(state.steps).toEqual({ a: { of: "kind", delay_ms: 0 }, b: { of: "b" } });
  });

  test("a list is used in call order, over all steps of a kind; one call too many fails the step for good", async () => {
    const ir = sampleIr([{ id: "a" }, { id: "b", retry: { max: 3, backoff_ms: 1 } }], ["a -> b"]);
    const result = await runLocal(ir, { answers: { "op.x": [{ n: 1 }] } });
    expect(result.state.steps.a).toEqual({ n: 1 });
    expect(result.error).toMatchObject({
      code: 2001,
      message: "mock op.x has 1 answer, and was called 2 times",
      data: { step_id: "b", attempt: 1, details: { cause: "MockExhausted" } },
    });
  });

  test("each run counts for itself", async () => {
    const { mocks } = readMocks({ a: [{ n: 1 }], b: {} });
    for (const _ of [1, 2]) expect((await runLocal(TWO, { mocks })).status).toBe("completed");
  });

  test("an answer waits, then fails or returns its result, {} by default", async () => {
    const ir = sampleIr([{ id: "a", retry: { max: 1, backoff_ms: 7 } }, { id: "b" }], ["a -> b"]);
    const result = await runLocal(ir, {
      answers: { a: [{ delay_ms: 5, error: { message: "x" } }, { delay_ms: 3 }], b: {} },
    });
    expect(stepLines(result).slice(0, 4)).toEqual([
      "a started 1 @0",
      "a failed 1 @5 again",
      "a started 2 @12",
      "a succeeded 2 @15",
    ]);
    expect(result.state.steps.a).toEqual({});
    expect(result.events[2]).toMatchObject({ duration_ms: 5 });
  });

  test("flows row 35: a result that is no mapping fails the step with the cause Result", async () => {
    const answers: readonly Json[] = [5, null, "text", true, { result: [1] }, { result: null }, [[1]], [5]];
    for (const answer of answers) {
      const { error } = await runLocal(TWO, { answers: { a: answer, b: {} } });
      expect([answer, error?.code, error?.data.details]).toEqual([answer, 2001, { cause: "Result" }]);
    }
  });

  test("error answers take code, retriable and details", async () => {
    const error = { code: 2042, message: "no", retriable: false, details: { bus: 3 } };
    const result = await runLocal(TWO, { answers: { a: { error }, b: {} } });
    expect(result.error).toMatchObject({ code: 2042, message: "no", data: { retriable: false, details: { bus: 3 } } });
  });

  test("keys that match no step are told; control nodes are never mocked", async () => {
    const ir = sampleIr([sampleSwitch("s", "m", { x: "a" }), { id: "a" }], ["s -x> a"]);
    const { codes, status } = await runLocal(ir, {
      inputs: { m: "x" },
      answers: { "op.x": {}, s: {}, switch: {}, finish: {}, zz: {} },
    });
    expect([codes, status]).toEqual([Array(4).fill("W_MOCK_UNUSED"), "completed"]);
  });

  test("every flaw of a mocks document is told with its path", () => {
    expect(problems([])).toEqual([
      "E_MOCKS_SCHEMA /: expected a mapping from step ids or kinds to answers, found a list",
    ]);
    expect(
      problems({
        $draws: [0.5, 1],
        $draw: [],
        a: { error: "x" },
        b: [{ result: {}, error: { message: "y" } }, { error: { code: "2001", mesage: 1 } }, { delay_ms: -1 }],
        c: { error: { message: "z", retriable: 1, details: [] } },
      }),
    ).toEqual([
      "E_MOCKS_SCHEMA /$draw: no such key; mocks know $draws only ($draws)",
      'E_MOCKS_SCHEMA /a/error: expected a mapping with a message, found "x"',
      "E_MOCKS_SCHEMA /b/0: an answer has a result or an error, here are both",
      "E_MOCKS_SCHEMA /b/1/error: an error must have a message",
      "E_MOCKS_SCHEMA /b/1/error/mesage: an error has code, message, retriable, details only (message)",
      'E_MOCKS_SCHEMA /b/1/error/code: expected an integer, found "2001"',
      "E_MOCKS_SCHEMA /b/2/delay_ms: expected whole milliseconds from 0 to 2147483647, found -1",
      "E_MOCKS_SCHEMA /c/error/retriable: expected true or false, found 1",
      "E_MOCKS_SCHEMA /c/error/details: expected a mapping, found a list",
      "E_MOCKS_SCHEMA /$draws/1: expected a number from 0 to below 1, found 1",
    ]);
    expect(problems({ $draws: 3 })).toEqual([
      "E_MOCKS_SCHEMA /$draws: expected a list of numbers from 0 to below 1, found 3",
    ]);
  });

  test("of several mocks the earlier win, key by key", async () => {
    const [first, second] = [readMocks({ a: { of: 1 } }).mocks, readMocks({ a: { of: 2 }, b: { of: 2 } }).mocks];
    expect((await runLocal(TWO, { mocks: first.with(second) })).state.steps).toEqual({ a: { of: 1 }, b: { of: 2 } });
  });

  test("what stands behind the success of a mock that always fails needs nobody", async () => {
    const ir = sampleIr([{ id: "a" }, { id: "b", type: "op.y" }, { id: "c", type: "op.z" }], ["a -> b", "a -!> c"]);
    const error = { error: { message: "dead" } };
    expect((await runLocal(ir, { answers: { a: error, "op.z": {} } })).status).toBe("completed");
    expect((await runLocal(ir, { answers: { a: [error, { ok: 1 }], "op.z": {} } })).error?.code).toBe(1002);
    expect((await runLocal(ir, { answers: { a: error } })).error?.code).toBe(1002);
  });
});
