import { expect, test } from "bun:test";
import fc from "fast-check";
import { LaterQueue } from "./later_queue.ts";

test("gives out by time, then by insertion, whatever is inserted between (property)", () => {
  const step = fc.option(fc.nat({ max: 6 }), { freq: 3 });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const queue = new LaterQueue();
      const model: { time: number; code: number }[] = [];
      for (const [code, time] of steps.entries()) {
        if (time !== null) {
          queue.insert(time, code);
          model.push({ time, code });
        } else if (model.length > 0) {
          model.sort((a, b) => a.time - b.time || a.code - b.code);
          expect([queue.nextTime, queue.take()]).toEqual([model[0]?.time ?? -1, model.shift()?.code ?? -1]);
        }
        const next = Math.min(Number.POSITIVE_INFINITY, ...model.map((entry) => entry.time));
        expect([queue.size, queue.nextTime]).toEqual([model.length, next]);
      }
    }),
  );
});

test("forgets everything when it is cleared", () => {
  const queue = new LaterQueue();
  queue.insert(3, 1);
  queue.clear();
  expect([queue.size, queue.nextTime]).toEqual([0, Number.POSITIVE_INFINITY]);
  queue.insert(5, 2);
  expect([queue.nextTime, queue.take()]).toEqual([5, 2]);
});
