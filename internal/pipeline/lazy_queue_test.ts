import { expect, test } from "bun:test";
import fc from "fast-check";
import { LazyQueue } from "./lazy_queue.ts";

interface Thing {
  readonly n: number;
  gone: boolean;
}

function rest(queue: LazyQueue<Thing>): number[] {
  const into: Thing[] = [];
  queue.collect(into);
  return into.map((thing) => thing.n);
}

test("it is a list without those that are gone, whatever left from where", () => {
  const step = fc.record({ kind: fc.constantFrom("push", "push", "push", "shift", "leave", "clear"), pick: fc.nat() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
      const queue = new LazyQueue<Thing>();
      let model: Thing[] = [];
      for (const [n, { kind, pick }] of steps.entries()) {
        if (kind === "push") {
          const thing = { n, gone: false };
          queue.push(thing);
          model.push(thing);
        } else if (kind === "shift") {
          expect(queue.shift()).toBe(model.shift());
        } else if (kind === "leave") {
          const thing = model[pick % model.length];
          if (thing !== undefined) thing.gone = true;
          model = model.filter((thing) => !thing.gone);
        } else if (pick % 8 === 0) {
          queue.clear();
          model = [];
        }
        expect(queue.first).toBe(model[0]);
        expect(rest(queue)).toEqual(model.map((thing) => thing.n));
      }
    }),
    { numRuns: 200 },
  );
});

test("a million that come and go behind one that stays are not kept", () => {
  const queue = new LazyQueue<Thing>();
  queue.push({ n: -1, gone: false });
  let most = 0;
  for (let n = 0; n < 1_000_000; n++) {
    queue.push({ n, gone: true });
    most = Math.max(most, queue.size);
  }
  expect([most < 100, rest(queue)]).toEqual([true, [-1]]);
});
