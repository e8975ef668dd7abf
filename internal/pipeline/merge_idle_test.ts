import { expect, test } from "bun:test";
import type { MergePlan } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { Merge } from "./merge.ts";
import { BY_TIME, playRows, type Row, ts } from "./merge_script.ts";

// Cases that other engines met and published, where they bear on pipelines §9, and the corners of its pseudo-code. What
// the page settles otherwise than those engines is said at the case.

test("an input that ends early does not hold the others back (FLINK-2577)", () => {
  const rows: Row[] = [
    [0, 0, ts(1)],
    [5, 1, ts(7)],
    [6, 1, ts(9)],
    [9, 1, ts(10)],
  ];
  expect(playRows(BY_TIME, 2, rows).out).toBe("5:a 6:b 9:c 9:d");
});

test("finished beside idle: what has ended does not carry the watermark to infinity (FLINK-38477)", () => {
  const plan = { ...BY_TIME, idleMs: 10 };
  // Input 0 ends at 0 and input 1 falls idle at 12: input 2 alone decides what is late at 14.
  const rows: Row[] = [
    [0, 0, ts(100)],
    [2, 1, ts(50)],
    [3, 2, ts(20)],
    [13, 2, ts(60)],
    [14, 1, ts(55)],
    [15, 1, ts(70)],
  ];
  const { out, gone } = playRows(plan, 3, rows);
  expect([out, gone]).toEqual(["13:c 13:b 15:d 15:f 15:a", "14:e late"]);
});

test("all inputs idle: the watermark stays where it is (FLINK-7728 settles it otherwise)", () => {
  const plan = { ...BY_TIME, idleMs: 10 };
  // The greatest maximum is 10, but 4 is the watermark: c is not late, and nothing is released before it speaks.
  const rows: Row[] = [
    [0, 0, ts(10)],
    [0, 1, ts(5)],
    [30, 1, ts(6)],
    [31, 0, ts(11)],
  ];
  const { out, late } = playRows(plan, 2, rows);
  expect([out, late]).toEqual(["30:b 31:c 31:a 31:d", 0]);
});

test("an input that never speaks holds everything until it ends, if there is no Idle", () => {
  const merge = new Merge(BY_TIME, 2, () => {});
  const out: { payload: Json }[] = [];
  for (const time of [1, 2, 3]) merge.arrive(0, { payload: ts(time) }, time, out);
  expect([out.length, merge.held, merge.deadline()]).toEqual([0, 3, Number.POSITIVE_INFINITY]);
  merge.end(1, out);
  expect(out.map((item) => item.payload)).toEqual([ts(1), ts(2)]);
});

test("an input that has never spoken falls idle too, counted from 0 (FLINK-5017)", () => {
  const merge = new Merge({ ...BY_TIME, idleMs: 10 }, 2, () => {});
  const out: { payload: Json }[] = [];
  merge.arrive(0, { payload: ts(1) }, 7, out);
  merge.arrive(0, { payload: ts(2) }, 8, out);
  expect([out.length, merge.deadline()]).toEqual([0, 10]);
  merge.wake(10, out);
  expect([out.map((item) => item.payload), merge.deadline()]).toEqual([[ts(1)], 18]);
});

test("late, repeated and untimed events are signs of life as good as any", () => {
  const plan: MergePlan = { ...BY_TIME, idleMs: 10, dedup: { field: "id" } };
  for (const payload of [{ ts: 0 }, { ts: 9, id: 1 }, { id: 2 }]) {
    const merge = new Merge(plan, 1, () => {});
    const out: { payload: Json }[] = [];
    merge.arrive(0, { payload: { ts: 9, id: 1 } }, 1, out);
    merge.arrive(0, { payload }, 5, out);
    expect(merge.deadline()).toBe(15);
  }
});

test("the end of the last input releases everything, also where all the others are idle", () => {
  const plan = { ...BY_TIME, idleMs: 10 };
  const merge = new Merge(plan, 2, () => {});
  const out: { payload: Json }[] = [];
  merge.arrive(0, { payload: ts(5) }, 0, out);
  merge.arrive(1, { payload: ts(4) }, 0, out);
  merge.wake(10, out);
  merge.end(1, out);
  expect(out).toEqual([]);
  merge.end(0, out);
  expect(out.map((item) => item.payload)).toEqual([ts(4), ts(5)]);
});

test("an input that ends while it alone is behind lets the watermark jump", () => {
  const rows: Row[] = [
    [0, 0, ts(10)],
    [0, 1, ts(2)],
    [1, 0, ts(12)],
    [2, 0, ts(14)],
    [3, 0, ts(16)],
  ];
  expect(playRows(BY_TIME, 2, rows).out).toBe("0:b 1:a 2:c 3:d 3:e");
});

test("a merge that holds nothing has no deadline, whatever its plan", () => {
  const merge = new Merge({ ...BY_TIME, timeoutMs: 5 }, 2, () => {});
  expect(merge.deadline()).toBe(Number.POSITIVE_INFINITY);
});
