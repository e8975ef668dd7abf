import { expect, test } from "bun:test";
import type { MergePlan } from "../ami/mod.ts";
import { MERGE_LIMITS, Merge, type MergeOptions } from "./merge.ts";

interface Item {
  readonly payload: { readonly k: number; readonly p: number };
}

const BY_PARTITION: MergePlan = { sort: [{ field: "k", order: "asc" }], partitionBy: "p" };

function fill(plan: MergePlan, options: MergeOptions, count: number, item: (n: number) => Item) {
  const merge = new Merge<Item>(plan, 1, () => {}, options);
  const out: Item[] = [];
  let most = 0;
  for (let n = 0; n < count && !merge.overflowed; n++) {
    merge.arrive(0, item(n), n, out);
    most = Math.max(most, merge.held);
  }
  return { merge, out, most };
}

test("70,000 partitions of one event each: 65,536 stay, all events leave", () => {
  const { merge, out, most } = fill(BY_PARTITION, {}, 70_000, (n) => ({ payload: { k: -n, p: n } }));
  expect([merge.forced, merge.overflowed, most, out.length]).toEqual([4464, false, 65_536, 4464]);
  // The ones created first go first, one by one as they are needed.
  expect(out.slice(0, 3).map((item) => item.payload.p)).toEqual([0, 1, 2]);
  merge.end(0, out);
  expect([out.length, merge.held]).toEqual([70_000, 0]);
});

test("the same in a strict run overflows at the 65,537th, and releases nothing", () => {
  const { merge, out } = fill(BY_PARTITION, { strict: true }, 70_000, (n) => ({ payload: { k: -n, p: n } }));
  expect([merge.overflowed, merge.forced, merge.held, out.length]).toEqual([true, 0, 65_537, 0]);
});

test("partitions that hold nothing are forgotten first, and that forces nothing", () => {
  const limits = { ...MERGE_LIMITS, partitions: 2 };
  const plan: MergePlan = { ...BY_PARTITION, window: 2, dedup: { field: "k" } };
  const merge = new Merge<Item>(plan, 1, () => {}, { strict: true, limits });
  const out: Item[] = [];
  // Partition 1 is older and holds an event; 2 is empty and remembers 20 and 21, until 3 needs its place.
  for (const [p, k] of [
    [1, 10],
    [2, 20],
    [2, 21],
    [3, 30],
    [1, 11],
    [2, 20],
  ] as const)
    merge.arrive(0, { payload: { p, k } }, 0, out);
  expect(out.map((item) => item.payload.k)).toEqual([20, 21, 10, 11]);
  expect([merge.forced, merge.overflowed, merge.held]).toEqual([0, false, 2]);
});

test("beyond a million events held, the first in batch order is released for each that comes", () => {
  const extra = 1000;
  const late = (n: number) => (n * 7919) % 1_000_003;
  const { merge, out, most } = fill({ sort: [{ field: "k", order: "asc" }] }, {}, MERGE_LIMITS.held + extra, (n) => ({
    payload: { k: late(n), p: 0 },
  }));
  expect([merge.forced, most, out.length]).toEqual([extra, MERGE_LIMITS.held, extra]);
  const ks = Array.from({ length: MERGE_LIMITS.held + extra }, (_, n) => late(n));
  // A naive merge: hold the first million, then give away the least of all for each that comes.
  const start = ks
    .slice(0, MERGE_LIMITS.held)
    .sort((a, b) => a - b)
    .slice(0, extra);
  const expected = ks.slice(MERGE_LIMITS.held).map((k) => {
    const at = start.findIndex((other) => other > k);
    start.splice(at === -1 ? start.length : at, 0, k);
    return start.shift();
  });
  expect(out.map((item) => item.payload.k)).toEqual(expected.map((k) => k ?? -1));
});

test("the limit of what is held spans partitions, and a strict run overflows there too", () => {
  const limits = { ...MERGE_LIMITS, held: 3 };
  const item = (n: number) => ({ payload: { k: 10 - n, p: n % 2 } });
  const { merge, out } = fill(BY_PARTITION, { limits }, 5, item);
  expect([merge.forced, out.map((item) => item.payload.k)]).toEqual([2, [7, 6]]);
  const strict = fill(BY_PARTITION, { limits, strict: true }, 5, item).merge;
  expect([strict.overflowed, strict.held, strict.forced]).toEqual([true, 4, 0]);
});

test("Dedup remembers 65,536 values of a partition, then forgets the oldest", () => {
  const plan: MergePlan = { dedup: { field: "k" } };
  const dropped: number[] = [];
  const merge = new Merge<Item>(plan, 1, (item) => dropped.push(item.payload.k));
  const out: Item[] = [];
  for (let k = 0; k <= MERGE_LIMITS.seen; k++) merge.arrive(0, { payload: { k, p: 0 } }, 0, out);
  for (const k of [1, 0, 2]) merge.arrive(0, { payload: { k, p: 0 } }, 0, out);
  // 0 was forgotten; when it came again, 1 was.
  expect([dropped, out.length]).toEqual([[1, 2], MERGE_LIMITS.seen + 2]);
});
