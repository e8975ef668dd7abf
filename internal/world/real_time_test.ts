import { describe, expect, test } from "bun:test";
import { QuickTime, realTime } from "./mod.ts";

describe("real time", () => {
  test("a wait ends when it is rung, long before its time", async () => {
    const time = realTime();
    const waiting = time.wait(3_600_000);
    time.ring();
    await waiting;
    expect(time.monotonicMs()).toBeGreaterThanOrEqual(0);
  });

  test("a ring that nobody waits for ends the next wait, and only that", async () => {
    const time = realTime();
    time.ring();
    await time.wait();
    let over = false;
    const second = time.wait().then(() => {
      over = true;
    });
    await time.yieldToEvents();
    expect(over).toBe(false);
    time.ring();
    await second;
  });

  test("a wait ends by itself", async () => {
    const time = realTime();
    const before = time.monotonicMs();
    await time.wait(1);
    expect(time.monotonicMs()).toBeGreaterThan(before);
    await time.wait(-5);
  });
});

describe("quick time", () => {
  test("a wait takes no time and moves the clock; what happens meanwhile happens at its own time", async () => {
    const seen: number[] = [];
    const time = new QuickTime([30, 10, 20].map((at) => ({ at, run: () => seen.push(time.monotonicMs()) })));
    await time.wait(25);
    expect([time.monotonicMs(), seen]).toEqual([25, [10, 20]]);
  });

  test("a happening that rings ends the wait at its time", async () => {
    const time = new QuickTime([{ at: 10, run: () => time.ring() }]);
    await time.wait();
    expect(time.monotonicMs()).toBe(10);
    await time.wait(5);
    expect(time.monotonicMs()).toBe(15);
  });

  test("work takes the time that it is said to take; what has come meanwhile is seen in the next turn", async () => {
    const seen: number[] = [];
    const time = new QuickTime([{ at: 3, run: () => seen.push(3) }]);
    time.pass(5);
    await time.yieldToEvents();
    expect([time.monotonicMs(), seen]).toEqual([5, [3]]);
  });

  test("without anything to come, a wait without end ends by a ring", async () => {
    const time = new QuickTime();
    const waiting = time.wait();
    time.ring();
    await waiting;
    expect(time.monotonicMs()).toBe(0);
  });
});
