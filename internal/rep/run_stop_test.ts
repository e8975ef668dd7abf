import { describe, expect, test } from "bun:test";
import { ManualAlarms } from "../world/mod.ts";
import { RunCancelled, RunStop, type StopReason } from "./run_stop.ts";

describe("what stops a run", () => {
  test("is its time limit, from its start, told once to everybody", async () => {
    const alarms = new ManualAlarms();
    const stop = new RunStop({ alarms, timeoutMs: 300 });
    const told: StopReason[] = [];
    stop.onStop((reason) => told.push(reason));
    stop.onStop((reason) => told.push(reason))();
    await alarms.pass(299);
    expect([stop.reason, told]).toEqual([undefined, []]);
    await alarms.pass(1);
    expect(stop.reason).toMatchObject({ cause: "Timeout", message: "the run took longer than 300 ms" });
    expect(told).toEqual(stop.reason === undefined ? [] : [stop.reason]);
    stop.onStop((reason) => told.push(reason));
    expect(told).toHaveLength(2);
  });

  test("is the signal, where that comes first", async () => {
    const alarms = new ManualAlarms();
    const abort = new AbortController();
    const stop = new RunStop({ alarms, timeoutMs: 300, signal: abort.signal });
    const waiting = stop.race(new Promise(() => undefined)).catch((error: unknown) => error);
    abort.abort();
    await alarms.pass(1000);
    expect(await waiting).toBeInstanceOf(RunCancelled);
    expect(stop.reason).toBeInstanceOf(RunCancelled);
    expect(new RunStop({ alarms, signal: AbortSignal.abort() }).reason).toBeInstanceOf(RunCancelled);
  });

  test("does nothing to what came before, nor after the end of the run", async () => {
    const alarms = new ManualAlarms();
    const stop = new RunStop({ alarms, timeoutMs: 300 });
    expect(await stop.race(Promise.resolve(1))).toBe(1);
    await expect(stop.race(Promise.reject(new Error("no")))).rejects.toThrow("no");
    stop.dispose();
    await alarms.pass(1000);
    expect(stop.reason).toBeUndefined();
  });
});
