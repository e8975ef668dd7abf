import { expect, test } from "bun:test";
import { fixedWall } from "./mod.ts";

test("a fixed wall stands still and knows no chance", async () => {
  const fixed = fixedWall(1_700_000_000_123);
  await fixed.yieldToEvents();
  expect([fixed.nowIso(), fixed.nowMs(), fixed.monotonicMs(), fixed.randomSeed()]).toEqual([
    "2023-11-14T22:13:20.123Z",
    1_700_000_000_123,
    0,
    0,
  ]);
  expect(fixed.randomBytes(3)).toEqual(new Uint8Array(3));
  expect(fixedWall().nowIso()).toBe("1970-01-01T00:00:00.000Z");
});
