import { describe, expect, test } from "bun:test";
import { callError } from "./call_error.ts";
import { FROM_THREAD } from "./letters.ts";
import { type CallEvent, faultOf, outcomeOf } from "./outcome.ts";

const event = (payload: unknown): CallEvent => ({ id: "P/i/0", payload, time: 0, attempt: 1, trace: null });
const fault = (code: string, message: string) => ({ kind: FROM_THREAD.fault, text: JSON.stringify([code, message]) });

describe("a result", () => {
  test("of nothing or null is silence", () => {
    expect(outcomeOf(undefined, event(1), "1").kind).toBe(FROM_THREAD.silence);
    expect(outcomeOf(null, event(1), "1").kind).toBe(FROM_THREAD.silence);
  });

  test.each<[unknown, string]>([
    [0, "0"],
    [false, "false"],
    ["", '""'],
    [[null], "[null]"],
    [{ id: 1 }, '{"id":1}'],
  ])("of %j is a payload", (result, text) => {
    expect(outcomeOf(result, event(7), "7")).toEqual({ kind: FROM_THREAD.payload, text });
  });

  test("of the event is the event, with the payload that it then has, null too", () => {
    const same = event({ k: 1 });
    expect(outcomeOf(same, same, '{"k":1}').kind).toBe(FROM_THREAD.same);
    same.payload = null;
    expect(outcomeOf(same, same, '{"k":1}')).toEqual({ kind: FROM_THREAD.payload, text: "null" });
  });

  test("of a copy of the event is a payload like any other", () => {
    const given = event(1);
    expect(outcomeOf({ ...given }, given, "1").text).toBe(
      '{"id":"P/i/0","payload":1,"time":0,"attempt":1,"trace":null}',
    );
  });

  test("of ctx.error is a fault, returned or thrown", () => {
    expect(outcomeOf(callError("E_X", "m"), event(1), "1")).toEqual(fault("E_X", "m"));
    expect(faultOf(callError("m"))).toEqual(fault("E_WORKER", "m"));
  });

  test.each<[string, () => unknown]>([
    ["a promise", async () => 1],
    ["one that fails, which nobody has to hear of", async () => Promise.reject(new Error("boom"))],
    ["what looks like one", () => ({ ["th" + "en"]: () => 1 })],
  ])("of %s is refused", (_, make) => {
    expect(() => outcomeOf(make(), event(1), "1")).toThrow("a promise");
  });
});

describe("what is thrown", () => {
  test("is a panic with its message", () => {
    expect(faultOf(new TypeError("boom"))).toEqual(fault("E_WORKER_PANIC", "boom"));
    expect(faultOf(new RangeError())).toEqual(fault("E_WORKER_PANIC", "RangeError"));
    expect(faultOf("text")).toEqual(fault("E_WORKER_PANIC", "text"));
    expect(faultOf(undefined)).toEqual(fault("E_WORKER_PANIC", "undefined"));
  });

  test("is a panic even if it cannot be shown", () => {
    const unshowable = { toString: () => Object.fromEntries([]) };
    expect(faultOf(unshowable)).toEqual(fault("E_WORKER_PANIC", "a value without a text was thrown"));
  });

  test("is cut, and made well-formed", () => {
    const { text } = faultOf(new Error(`\uD800${"x".repeat(1_000_000)}`));
    expect(text).toBe(JSON.stringify(["E_WORKER_PANIC", `\uFFFD${"x".repeat(4_095)}…`]));
  });
});
