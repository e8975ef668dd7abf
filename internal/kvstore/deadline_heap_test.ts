import { expect, test } from "bun:test";
import fc from "fast-check";
import { DeadlineHeap } from "./deadline_heap.ts";
import { type Entry, newEntry } from "./entry.ts";

function entryDue(deadline: number): Entry {
  return newEntry({ key: "k", value: null, now: 0, ttlMs: deadline });
}

function drain(heap: DeadlineHeap): number[] {
  const deadlines: number[] = [];
  for (let first = heap.first; first !== undefined; first = heap.first) {
    deadlines.push(first.deadline);
    heap.remove(first);
  }
  return deadlines;
}

test("an empty heap has no first entry, and removing a stranger changes nothing", () => {
  const heap = new DeadlineHeap();
  heap.remove(entryDue(1));
  expect([heap.first, heap.size]).toEqual([undefined, 0]);
});

test("entries come out by deadline, whatever was removed or renewed before", () => {
  const step = fc.record({ pick: fc.nat(), deadline: fc.nat(50), how: fc.constantFrom("push", "remove", "renew") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: "max" }), (steps) => {
      const heap = new DeadlineHeap();
      const inside: Entry[] = [];
      for (const { pick, deadline, how } of steps) {
        const index = inside.length === 0 ? 0 : pick % inside.length;
        const picked = inside[index];
        if (how === "push" || picked === undefined) {
          const entry = entryDue(deadline);
          heap.push(entry);
          inside.push(entry);
        } else if (how === "remove") {
          heap.remove(picked);
          inside.splice(index, 1);
        } else {
          picked.deadline = deadline;
          heap.update(picked);
        }
      }
      expect(heap.size).toBe(inside.length);
      expect(drain(heap)).toEqual(inside.map((entry) => entry.deadline).sort((a, b) => a - b));
    }),
    { numRuns: 100 },
  );
});
