import { expect, test } from "bun:test";
import fc from "fast-check";
import { BatchSorter } from "./batch_sorter.ts";
import { HeldEvent, Partition } from "./held_event.ts";

const PARTITION = new Partition<{ payload: null }>(0, undefined);

function held(n: number, rank: number): HeldEvent<{ payload: null }> {
  const event = new HeldEvent({ payload: null }, n, 0, Number.NaN, 0, PARTITION);
  event.rank = rank;
  return event;
}

test("a batch comes out by rank, then by tie, and one sorter sorts many", () => {
  // Ties in reverse order of number: a sort that merely keeps the order of arrival shows.
  const tie = (a: { n: number }, b: { n: number }) => b.n - a.n;
  const sorter = new BatchSorter<{ payload: null }>(tie);
  const rank = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(rank, { maxLength: 100, size: "max" }), (ranks) => {
      const batch = ranks.map((rank, n) => held(n, rank));
      const expected = batch.toSorted((a, b) => (a.rank === b.rank ? tie(a, b) : a.rank < b.rank ? -1 : 1));
      expect(sorter.sort(batch).map((event) => event.n)).toEqual(expected.map((event) => event.n));
    }),
    { numRuns: 300 },
  );
});

test("a batch that is in order is returned as it is", () => {
  const sorter = new BatchSorter<{ payload: null }>((a, b) => a.n - b.n);
  const batch = [held(0, 1), held(1, 1), held(2, 5)];
  expect(sorter.sort(batch)).toBe(batch);
});
