import { expect, test } from "bun:test";
import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { Merge } from "./merge.ts";
import { BY_TIME, LATE_BY_3, playRows, type Row, ts } from "./merge_script.ts";

test("one before its size a window holds, at its size it goes, and the next one begins empty", () => {
  const merge = new Merge({ window: 3 }, 1, () => {});
  const sizes = [1, 2, 3, 4, 5, 6, 7].map((n) => {
    const out: { payload: Json }[] = [];
    merge.arrive(0, { payload: n }, n, out);
    return out.length;
  });
  expect([sizes, merge.held]).toEqual([[0, 0, 3, 0, 0, 3, 0], 1]);
});

test("what the watermark took no longer counts for the window", () => {
  const rows: Row[] = [
    [0, 0, ts(1)],
    [1, 0, ts(5)],
    [2, 0, ts(6)],
    [3, 0, ts(6)],
    [4, 0, ts(6)],
  ];
  expect(playRows({ ...BY_TIME, window: 3 }, 1, rows).out).toBe("1:a 2:b 4:c 4:d 4:e");
});

test("Timeout releases what the watermark would still hold, untimed events included", () => {
  const rows: Row[] = [
    [0, 0, ts(9)],
    [2, 0, ts(null)],
    [3, 0, ts(8)],
    [40, 0, ts(9)],
  ];
  expect(playRows({ ...LATE_BY_3, timeoutMs: 10 }, 1, rows).out).toBe("10:c 10:a 10:b 40:d");
});

test("an event that arrives in the instant of the deadline goes with the others", () => {
  expect(
    playRows({ timeoutMs: 5 }, 1, [
      [0, 0, ts(1)],
      [5, 0, ts(2)],
      [6, 0, ts(3)],
      [12, 0, ts(4)],
    ]).out,
  ).toBe("5:a 5:b 11:c 12:d");
});

test("partitions that are due at once go in order of creation, each a batch of its own", () => {
  const plan: MergePlan = { partitionBy: "p", timeoutMs: 10, window: 2, sort: [{ field: "k", order: "asc" }] };
  const merge = new Merge(plan, 1, () => {});
  const out: { payload: Json }[] = [];
  for (const [p, k, now] of [
    ["x", 9, 0],
    ["x", 8, 0],
    ["y", 1, 1],
    ["x", 5, 2],
  ] as const) {
    merge.arrive(0, { payload: { p, k } }, now, out);
  }
  expect(out.splice(0).map((item) => item.payload)).toEqual([
    { p: "x", k: 8 },
    { p: "x", k: 9 },
  ]);
  // A real clock is late: y has been due since 11, x since 12.
  merge.wake(20, out);
  expect(out.map((item) => item.payload)).toEqual([
    { p: "x", k: 5 },
    { p: "y", k: 1 },
  ]);
});

test("a full buffer that waits for the watermark lets the first in order go, and loses nothing", () => {
  const rows: Row[] = [
    [0, 0, ts(8)],
    [1, 0, ts(9)],
    [2, 0, ts(7)],
    [3, 0, ts(10)],
    [4, 0, ts(20)],
  ];
  const buffer = { capacity: 2, policy: "block" } as const;
  expect(playRows({ ...LATE_BY_3, buffer }, 1, rows)).toEqual({
    out: "2:c 3:a 4:b 4:d 4:e",
    gone: "",
    late: 0,
    forced: 3,
  });
});

test("a full buffer that waits for the watermark drops the earliest arrival, not the first in order", () => {
  const rows: Row[] = [
    [0, 0, ts(8)],
    [1, 0, ts(9)],
    [2, 0, ts(7)],
    [3, 0, ts(10)],
    [4, 0, ts(20)],
  ];
  const buffer = { capacity: 2, policy: "shuntOldest" } as const;
  const { out, gone } = playRows({ ...LATE_BY_3, buffer }, 1, rows);
  expect([out, gone]).toEqual(["4:d 4:e", "2:a shuntOldest, 3:b shuntOldest, 4:c shuntOldest"]);
});

test("a buffer that blocks in each partition takes the first of that partition only", () => {
  const plan: MergePlan = {
    partitionBy: "p",
    sort: [{ field: "k", order: "asc" }],
    buffer: { capacity: 1, policy: "block" },
  };
  const rows: Row[] = [
    [0, 0, { p: 1, k: 1 }],
    [1, 0, { p: 2, k: 9 }],
    [2, 0, { p: 2, k: 5 }],
    [3, 0, { p: 1, k: 0 }],
  ];
  expect(playRows(plan, 1, rows)).toEqual({ out: "2:c 3:d 3:a 3:b", gone: "", late: 0, forced: 2 });
});
