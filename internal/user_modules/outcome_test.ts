import { describe, expect, test } from "bun:test";
import { FROM_THREAD } from "./letters.ts";
import { faultIn, faultOf } from "./outcome.ts";
import { Refusal } from "./refusal.ts";

const fault = (code: string, message: string) => ({ kind: FROM_THREAD.fault, text: JSON.stringify([code, message]) });

describe("what is thrown", () => {
  test("fails a call with its message", () => {
    expect(faultOf(new TypeError("boom"), "E_X")).toEqual(fault("E_X", "boom"));
    expect(faultOf(new RangeError(), "E_X")).toEqual(fault("E_X", "RangeError"));
    expect(faultOf("text", "E_X", "w.ts: ")).toEqual(fault("E_X", "w.ts: text"));
    expect(faultOf(undefined, "E_X")).toEqual(fault("E_X", "undefined"));
  });

  test("has its own code if it is a refusal", () => {
    expect(faultOf(new Refusal("E_Y", "no"), "E_X")).toEqual(fault("E_Y", "no"));
  });

  test("fails a call even if it cannot be shown", () => {
    const unshowable = { toString: () => Object.fromEntries([]) };
    expect(faultOf(unshowable, "E_X")).toEqual(fault("E_X", "a value without a text was thrown"));
  });

  test("is cut, and made well-formed", () => {
    const letter = { ...faultOf(new Error(`\uD800${"x".repeat(1_000_000)}`), "E_X"), arg: 0, split: 0 };
    expect(faultIn(letter)).toEqual({ code: "E_X", message: `\uFFFD${"x".repeat(4_095)}…` });
  });
});
