import { expect, test } from "bun:test";
import fc from "fast-check";
import { LazyHeap } from "./lazy_heap.ts";

interface Thing {
  readonly n: number;
  readonly rank: number;
  gone: boolean;
}

const byNumber = (a: Thing, b: Thing) => a.n - b.n;

test("it gives what is not gone by rank, then by tie, up to a rank or all", () => {
  const rank = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(Infinity, -Infinity));
  const step = fc.record({
    kind: fc.constantFrom("push", "push", "push", "take", "leave", "clear"),
    rank,
    pick: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
      const heap = new LazyHeap<Thing>(byNumber);
      let model: Thing[] = [];
      const inOrder = () => model.sort((a, b) => (a.rank === b.rank ? byNumber(a, b) : a.rank < b.rank ? -1 : 1));
      for (const [n, { kind, rank, pick }] of steps.entries()) {
        // Numbers fall with n, so that ties do not come in order.
        const thing = { n: -n, rank, gone: false };
        if (kind === "push") {
          heap.push(rank, thing);
          model.push(thing);
        } else if (kind === "take") {
          const limit = pick % 2 === 0 ? rank : Infinity;
          const first = inOrder()[0];
          const expected = first !== undefined && first.rank <= limit ? first : undefined;
          expect(pick % 2 === 0 ? heap.take(rank) : heap.take()).toBe(expected);
          model = model.filter((thing) => thing !== expected);
        } else if (kind === "leave") {
          const left = model[pick % model.length];
          if (left !== undefined) left.gone = true;
          model = model.filter((thing) => !thing.gone);
        } else if (pick % 8 === 0) {
          heap.clear();
          model = [];
        }
        expect(heap.first).toBe(inOrder()[0]);
      }
    }),
    { numRuns: 200 },
  );
});

test("a million that come and go behind one that stays are not kept", () => {
  const heap = new LazyHeap<Thing>(byNumber);
  heap.push(0, { n: -1, rank: 0, gone: false });
  let most = 0;
  for (let n = 0; n < 1_000_000; n++) {
    heap.push(n, { n, rank: n, gone: true });
    most = Math.max(most, heap.size);
  }
  expect([most < 100, heap.take()?.n, heap.take()]).toEqual([true, -1, undefined]);
});

test("a hundred thousand that are gone in front of one that is not are passed over", () => {
  const heap = new LazyHeap<Thing>(byNumber);
  const all = Array.from({ length: 100_000 }, (_, n) => ({ n, rank: n, gone: false }));
  for (const thing of all) heap.push(thing.rank, thing);
  for (const thing of all.slice(0, -1)) thing.gone = true;
  expect(heap.take(50_000)).toBeUndefined();
  expect(heap.take()?.n).toBe(99_999);
});
