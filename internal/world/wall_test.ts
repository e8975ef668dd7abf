import { describe, expect, test } from "bun:test";
import { wall } from "./mod.ts";

describe("wall", () => {
  test("tells one time in two forms, UTC with milliseconds", () => {
    const before = wall.nowMs();
    const iso = wall.nowIso();
    const after = wall.nowMs();
    expect(iso).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(iso)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(iso)).toBeLessThanOrEqual(after);
    expect(Number.isInteger(before)).toBe(true);
  });

  test("measures durations by a clock that does not fall", () => {
    const start = wall.monotonicMs();
    expect(wall.monotonicMs()).toBeGreaterThanOrEqual(start);
  });

  test("draws a seed that a person can type again", () => {
    const seeds = Array.from({ length: 8 }, () => wall.randomSeed());
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
    expect(new Set(seeds).size).toBeGreaterThan(1);
  });

  test("lets a pending event run before it goes on", async () => {
    let happened = false;
    setImmediate(() => {
      happened = true;
    });
    await Promise.resolve();
    expect(happened).toBe(false);
    await wall.yieldToEvents();
    expect(happened).toBe(true);
  });
});
