import { expect, test } from "bun:test";
import { newEntry } from "./entry.ts";
import { EntryTable } from "./entry_table.ts";

test("the table knows its entries by key, by recency and by deadline", () => {
  const table = new EntryTable();
  const a = newEntry({ key: "a", value: 1, now: 0, ttlMs: 20 });
  const b = newEntry({ key: "b", value: 2, now: 0, ttlMs: 10 });
  table.add(a);
  table.add(b);
  expect([table.size, table.get("b"), table.oldest]).toEqual([2, b, a]);
  expect([table.expired(9), table.expired(10)]).toEqual([undefined, b]);
  table.remove(b);
  expect([table.size, table.get("b"), table.expired(10), table.expired(20)]).toEqual([1, undefined, undefined, a]);
});

test("a rollback brings back the very entries, their order and their deadlines", () => {
  const table = new EntryTable();
  const a = newEntry({ key: "a", value: 1, now: 0, ttlMs: 20, maxReads: 3 });
  const b = newEntry({ key: "b", value: 2, now: 0 });
  table.add(a);
  table.add(b);
  table.begin();
  table.renew(a, 50, 2);
  table.touch(a);
  table.remove(b);
  table.add(newEntry({ key: "b", value: 3, now: 0, ttlMs: 1 }));
  table.rollback();
  expect([table.get("a"), table.get("b"), table.oldest]).toEqual([a, b, a]);
  expect([a.deadline, a.readsLeft]).toEqual([20, 3]);
  expect([table.expired(19), table.expired(20)]).toEqual([undefined, a]);
});

test("without a transaction a rollback takes nothing back", () => {
  const table = new EntryTable();
  table.add(newEntry({ key: "a", value: 1, now: 0 }));
  table.begin();
  table.commit();
  table.rollback();
  expect(table.keys()).toEqual(["a"]);
});

test("looking for what has expired reads one deadline, however many entries there are", () => {
  const table = new EntryTable();
  let reads = 0;
  for (let i = 0; i < 1000; i += 1) {
    const entry = newEntry({ key: `k${i}`, value: null, now: 0, ttlMs: 100 });
    const deadline = {
      get: () => {
        reads += 1;
        return 100;
      },
    };
    table.add(Object.defineProperty(entry, "deadline", deadline));
  }
  reads = 0;
  expect(table.expired(50)).toBeUndefined();
  expect(reads).toBe(1);
});
