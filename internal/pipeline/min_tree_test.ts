import { expect, test } from "bun:test";
import fc from "fast-check";
import { MinTree } from "./min_tree.ts";

test("the least and one that has it are right after every change, for any size", () => {
  const change = fc.record({
    index: fc.nat(),
    value: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Infinity)),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 19 }), fc.array(change, { maxLength: 60 }), (size, changes) => {
      const tree = new MinTree(size, 0);
      const plain = new Array<number>(size).fill(0);
      for (const { index, value } of changes) {
        tree.set(index % size, value);
        plain[index % size] = value;
        expect(tree.min).toBe(Math.min(...plain));
        expect(plain[tree.argmin]).toBe(tree.min);
      }
    }),
    { numRuns: 200 },
  );
});

test("every number is the initial one at first", () => {
  expect(new MinTree(3, Number.NEGATIVE_INFINITY).min).toBe(Number.NEGATIVE_INFINITY);
});
