import { afterEach, expect, test } from "bun:test";
import { EXIT } from "../../internal/diag/mod.ts";
import { type Signals, watchSignals } from "./signals.ts";

let signals: Signals | undefined;
afterEach(() => signals?.stop());

test("the first signal is remembered and ends nothing", () => {
  signals = watchSignals();
  expect(signals.interrupted()).toBeUndefined();
  process.emit("SIGTERM", "SIGTERM");
  expect(signals.interrupted()).toBe(EXIT.terminated);
});

test("only the first calls back", () => {
  let calls = 0;
  signals = watchSignals(() => {
    calls += 1;
  });
  process.emit("SIGTERM", "SIGTERM");
  expect(calls).toBe(1);
});

test("an interrupt is 130", () => {
  signals = watchSignals();
  process.emit("SIGINT", "SIGINT");
  expect(signals.interrupted()).toBe(EXIT.interrupted);
});

test("after the watch nothing listens any more", () => {
  const before = process.listenerCount("SIGINT");
  signals = watchSignals();
  expect(process.listenerCount("SIGINT")).toBe(before + 1);
  signals.stop();
  expect(process.listenerCount("SIGINT")).toBe(before);
});
