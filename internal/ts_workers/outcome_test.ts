import { describe, expect, test } from "bun:test";
import { FROM_THREAD } from "../user_modules/mod.ts";
import { ENDING } from "./call_endings.ts";
import { callError } from "./call_error.ts";
import { type CallEvent, outcomeOf } from "./outcome.ts";

const event = (payload: unknown): CallEvent => ({ id: "P/i/0", payload, time: 0, attempt: 1, trace: null });
const fault = (code: string, message: string) => ({ kind: FROM_THREAD.fault, text: JSON.stringify([code, message]) });

describe("a result", () => {
  test("of nothing or null is silence", () => {
    expect(outcomeOf(undefined, event(1), "1").kind).toBe(ENDING.silence);
    expect(outcomeOf(null, event(1), "1").kind).toBe(ENDING.silence);
  });

  test.each<[unknown, string]>([
    [0, "0"],
    [false, "false"],
    ["", '""'],
    [[null], "[null]"],
    [{ id: 1 }, '{"id":1}'],
  ])("of %j is a payload", (result, text) => {
    expect(outcomeOf(result, event(7), "7")).toEqual({ kind: ENDING.payload, text });
  });

  test("of the event is the event, with the payload that it then has, null too", () => {
    const same = event({ k: 1 });
    expect(outcomeOf(same, same, '{"k":1}').kind).toBe(ENDING.same);
    same.payload = null;
    expect(outcomeOf(same, same, '{"k":1}')).toEqual({ kind: ENDING.payload, text: "null" });
  });

  test("of a copy of the event is a payload like any other", () => {
    const given = event(1);
    expect(outcomeOf({ ...given }, given, "1").text).toBe(
      '{"id":"P/i/0","payload":1,"time":0,"attempt":1,"trace":null}',
    );
  });

  test("of ctx.error is a fault", () => {
    expect(outcomeOf(callError("E_X", "m"), event(1), "1")).toEqual(fault("E_X", "m"));
    expect(outcomeOf(callError("m"), event(1), "1")).toEqual(fault("E_WORKER", "m"));
  });

  test.each<[string, () => unknown]>([
    ["a promise", async () => 1],
    ["one that fails, which nobody has to hear of", async () => Promise.reject(new Error("boom"))],
    ["what looks like one", () => ({ ["th" + "en"]: () => 1 })],
  ])("of %s is refused", (_, make) => {
    expect(() => outcomeOf(make(), event(1), "1")).toThrow("a promise");
  });
});
