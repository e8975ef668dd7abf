import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { Agenda, type AgendaEntry } from "./mod.ts";

function drain<T>(agenda: Agenda<T>): AgendaEntry<T>[] {
  const taken: AgendaEntry<T>[] = [];
  for (let entry = agenda.take(); entry !== undefined; entry = agenda.take()) taken.push(entry);
  return taken;
}

const dues = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.integer({ min: -1, max: 2 })), { maxLength: 60 });

describe("Agenda", () => {
  test("gives out by time, then priority, then insertion", () => {
    const agenda = new Agenda<string>();
    agenda.insert(5, 0, "later");
    agenda.insert(1, 2, "tick");
    agenda.insert(1, 1, "first arrival");
    agenda.insert(1, 1, "second arrival");
    agenda.insert(1, 0, "completion");
    expect(drain(agenda).map((entry) => entry.item)).toEqual([
      "completion",
      "first arrival",
      "second arrival",
      "tick",
      "later",
    ]);
  });

  test("order is that of a stable sort (property)", () => {
    fc.assert(
      fc.property(dues, (entries) => {
        const agenda = new Agenda<number>();
        for (const [n, [time, priority]] of entries.entries()) agenda.insert(time, priority, n);
        const sorted = entries
          .map(([time, priority], n) => ({ time, priority, n, item: n }))
          .sort((a, b) => a.time - b.time || a.priority - b.priority || a.n - b.n);
        expect(drain(agenda)).toEqual(sorted);
      }),
    );
  });

  test("peek shows what take gives, and takes nothing (property)", () => {
    fc.assert(
      fc.property(dues, (entries) => {
        const agenda = new Agenda<null>();
        for (const [time, priority] of entries) agenda.insert(time, priority, null);
        for (let left = entries.length; left > 0; left -= 1) {
          expect(agenda.size).toBe(left);
          const seen = agenda.peek();
          expect(agenda.take()).toBe(seen);
        }
        expect([agenda.size, agenda.peek(), agenda.take()]).toEqual([0, undefined, undefined]);
      }),
    );
  });

  test("insertions between removals keep the order: each taken entry is the least of those held (property)", () => {
    const step = fc.option(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 2 })), { freq: 2 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const agenda = new Agenda<null>();
        const held: [time: number, priority: number, n: number][] = [];
        let inserted = 0;
        for (const due of steps) {
          if (due !== null) {
            agenda.insert(due[0], due[1], null);
            held.push([due[0], due[1], inserted]);
            inserted += 1;
            continue;
          }
          held.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
          const least = held.shift();
          const taken = agenda.take();
          expect(taken && [taken.time, taken.priority, taken.n]).toEqual(least);
        }
      }),
    );
  });
});
