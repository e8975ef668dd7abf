import { expect, test } from "bun:test";
import fc from "fast-check";
import { NumberRing } from "./number_ring.ts";
import { Ring } from "./ring.ts";

const operations = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.nat() }, fc.constantFrom("shift" as const, "pop" as const)),
  { maxLength: 200 },
);

test("rings are double-ended queues (property)", () => {
  fc.assert(
    fc.property(operations, (steps) => {
      const model: number[] = [];
      const ring = new Ring<number>();
      const numbers = new NumberRing();
      for (const step of steps) {
        if (typeof step === "number") {
          model.push(step);
          ring.push(step);
          numbers.push(step);
        } else {
          const expected = model[step]();
          expect(ring[step]()).toBe(expected);
          expect(numbers[step]()).toBe(expected ?? Number.NaN);
        }
        expect([ring.size, numbers.size]).toEqual([model.length, model.length]);
        expect([ring.first(), numbers.first(), numbers.last()]).toEqual([
          model[0],
          model[0] ?? Number.NaN,
          model.at(-1) ?? Number.NaN,
        ]);
      }
    }),
  );
});
