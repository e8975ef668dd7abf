import { describe, expect, test } from "bun:test";
import type { Json } from "../value/mod.ts";
import { Store } from "./store.ts";

/** A clock that stands where the test puts it. */
class HandClock {
  ms = 0;
  now(): number {
    return this.ms;
  }
}

function newStore(): { store: Store; clock: HandClock } {
  const clock = new HandClock();
  return { store: new Store(clock), clock };
}

describe("time to live", () => {
  test("an entry answers until the last ms before its deadline (T126, case a)", () => {
    const { store, clock } = newStore();
    store.put("a", "1", { ttlMs: 50 });
    clock.ms = 49;
    expect(store.get("a")).toBe("1");
    expect(store.metrics()).toEqual({ currentSize: 1, evictions: 0, expirations: 0, hits: 1, misses: 0 });
  });

  test("at its deadline it is an expiration and a miss, once (T126, case b)", () => {
    const { store, clock } = newStore();
    store.put("a", "1", { ttlMs: 50 });
    clock.ms = 50;
    expect(store.get("a")).toBeUndefined();
    expect(store.get("a")).toBeUndefined();
    expect(store.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 1, hits: 0, misses: 2 });
  });

  test("a sliding one starts again at each hit (T136)", () => {
    const { store, clock } = newStore();
    store.put("a", "1", { ttlMs: 50, sliding: true });
    const seen = [30, 60, 110].map((ms) => {
      clock.ms = ms;
      return store.get("a");
    });
    expect(seen).toEqual(["1", "1", undefined]);
    expect(store.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 1, hits: 2, misses: 1 });
  });

  test("one that does not slide is not renewed by a hit", () => {
    const { store, clock } = newStore();
    store.put("a", 1, { ttlMs: 50 });
    clock.ms = 30;
    store.get("a");
    clock.ms = 50;
    expect(store.get("a")).toBeUndefined();
  });

  test("a renewed entry does not hide one that expires before it", () => {
    const { store, clock } = newStore();
    store.put("a", 1, { ttlMs: 10, sliding: true });
    store.put("b", 1, { ttlMs: 12 });
    clock.ms = 9;
    store.get("a");
    clock.ms = 12;
    expect(store.keys()).toEqual(["a"]);
  });

  test("peek and has renew nothing", () => {
    const { store, clock } = newStore();
    store.put("a", 1, { ttlMs: 50, sliding: true });
    clock.ms = 30;
    expect([store.peek("a"), store.has("a")]).toEqual([1, true]);
    clock.ms = 50;
    expect([store.peek("a"), store.has("a")]).toEqual([undefined, false]);
  });

  test("a new put forgets the old one (T142)", () => {
    const { store, clock } = newStore();
    store.put("a", "1", { ttlMs: 50 });
    clock.ms = 40;
    store.put("a", 2);
    clock.ms = 60;
    expect(store.get("a")).toBe(2);
    expect(store.metrics()).toEqual({ currentSize: 1, evictions: 0, expirations: 0, hits: 1, misses: 0 });
  });

  test("a put over an expired entry counts its expiration", () => {
    const { store, clock } = newStore();
    store.put("a", 1, { ttlMs: 50 });
    clock.ms = 50;
    store.put("a", 2);
    expect(store.metrics()).toMatchObject({ currentSize: 1, expirations: 1 });
  });

  test("deleting an expired entry is an expiration, and finds nothing", () => {
    const { store, clock } = newStore();
    store.put("a", 1, { ttlMs: 50 });
    clock.ms = 50;
    expect(store.delete("a")).toBe(false);
    expect(store.metrics()).toMatchObject({ currentSize: 0, expirations: 1, misses: 0 });
  });

  test("looking shows live entries only", () => {
    const { store, clock } = newStore();
    store.put("a", 1, { ttlMs: 10 });
    store.put("b", 1);
    clock.ms = 10;
    expect(store.keys()).toEqual(["b"]);
    expect(store.count()).toBe(1);
    expect(store.dump()).toEqual({ keys: ["b"], size: 1 });
    expect(store.metrics()).toMatchObject({ currentSize: 1, expirations: 1 });
  });

  test("zero is expired at once", () => {
    const { store } = newStore();
    store.put("a", 1, { ttlMs: 0 });
    expect(store.get("a")).toBeUndefined();
  });

  test("what is left of it carries over where the clock restarts (T144)", () => {
    const { store, clock } = newStore();
    store.put("a", "1", { ttlMs: 50 });
    clock.ms = 30;
    store.get("a");
    expect(store.metrics()).toEqual({ currentSize: 1, evictions: 0, expirations: 0, hits: 1, misses: 0 });
    clock.ms = 0;
    store.shiftTime(30);
    clock.ms = 19;
    expect(store.has("a")).toBe(true);
    clock.ms = 20;
    store.get("a");
    expect(store.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 1, hits: 1, misses: 1 });
  });

  test("what is left of it carries over to another clock", () => {
    const { store, clock } = newStore();
    store.put("a", "1", { ttlMs: 50 });
    clock.ms = 30;
    const next = new HandClock();
    store.setClock(next, 0);
    clock.ms = 1000;
    next.ms = 19;
    expect(store.has("a")).toBe(true);
    next.ms = 20;
    expect(store.has("a")).toBe(false);
  });
});

describe("bounded reads", () => {
  test("the last one answers and deletes, as neither expiration nor eviction", () => {
    const { store } = newStore();
    store.put("a", 1, { maxReads: 2 });
    expect([store.get("a"), store.get("a"), store.get("a")]).toEqual([1, 1, undefined]);
    expect(store.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 0, hits: 2, misses: 1 });
  });

  test("a used up entry leaves no ghost that would be evicted (T130)", () => {
    const { store } = newStore();
    store.setCapacity(2);
    store.put("a", "1", { maxReads: 1 });
    store.put("b", "1");
    expect([store.get("a"), store.get("a"), store.get("b")]).toEqual(["1", undefined, "1"]);
    store.put("c", "1");
    expect(store.metrics()).toEqual({ currentSize: 2, evictions: 0, expirations: 0, hits: 2, misses: 1 });
  });

  test("peek, has and keys use none up", () => {
    const { store } = newStore();
    store.put("a", 1, { maxReads: 1 });
    expect([store.peek("a"), store.has("a"), store.keys(), store.get("a")]).toEqual([1, true, ["a"], 1]);
  });

  test("a put gives new ones", () => {
    const { store } = newStore();
    store.put("a", 1, { maxReads: 1 });
    store.put("a", 2, { maxReads: 2 });
    expect([store.get("a"), store.get("a"), store.get("a")]).toEqual([2, 2, undefined]);
  });
});

describe("capacity", () => {
  test("beyond it the least recently used goes (T128)", () => {
    const { store } = newStore();
    store.setCapacity(2);
    for (const key of ["a", "b", "c"]) store.put(key, "1");
    expect(store.get("a")).toBeUndefined();
    expect(store.metrics()).toEqual({ currentSize: 2, evictions: 1, expirations: 0, hits: 0, misses: 1 });
  });

  test("a hit makes an entry recent (T140)", () => {
    const { store } = newStore();
    store.setCapacity(2);
    store.put("a", "1");
    store.put("b", "2");
    store.get("a");
    store.put("c", 3);
    expect(store.keys()).toEqual(["a", "c"]);
    expect(store.metrics()).toEqual({ currentSize: 2, evictions: 1, expirations: 0, hits: 1, misses: 0 });
  });

  test("peek and has do not", () => {
    const { store } = newStore();
    store.setCapacity(2);
    store.put("a", 1);
    store.put("b", 1);
    store.peek("a");
    store.has("a");
    store.put("c", 1);
    expect(store.keys()).toEqual(["b", "c"]);
  });

  test("replacing evicts nothing", () => {
    const { store } = newStore();
    store.setCapacity(2);
    for (const key of ["a", "b", "a"]) store.put(key, 1);
    expect(store.metrics()).toMatchObject({ currentSize: 2, evictions: 0 });
  });

  test("expired entries go first, although they are more recent", () => {
    const { store, clock } = newStore();
    store.setCapacity(2);
    store.put("old", 1);
    store.put("short", 1, { ttlMs: 10 });
    clock.ms = 10;
    store.put("new", 1);
    expect(store.keys()).toEqual(["new", "old"]);
    expect(store.metrics()).toMatchObject({ evictions: 0, expirations: 1 });
  });

  test("an entry that is put expired makes room for the others", () => {
    const { store } = newStore();
    store.setCapacity(1);
    store.put("a", 1);
    store.put("b", 1, { ttlMs: 0 });
    expect(store.keys()).toEqual(["a"]);
    expect(store.metrics()).toMatchObject({ evictions: 0, expirations: 1 });
  });

  test("shrinking evicts at once, zero lifts it", () => {
    const { store } = newStore();
    for (const key of ["a", "b", "c"]) store.put(key, 1);
    store.setCapacity(1);
    expect(store.keys()).toEqual(["c"]);
    expect(store.metrics()).toMatchObject({ evictions: 2 });
    store.setCapacity(0);
    for (const key of ["d", "e"]) store.put(key, 1);
    expect(store.count()).toBe(3);
  });
});

describe("values", () => {
  test("null is a value", () => {
    const { store } = newStore();
    store.put("a", null);
    expect([store.get("a"), store.has("a"), store.peek("b")]).toEqual([null, true, undefined]);
  });

  test("changing what was put changes nothing that is stored", () => {
    const { store } = newStore();
    const value = { list: [1] };
    store.put("a", value);
    value.list.push(2);
    expect(store.get("a")).toEqual({ list: [1] });
  });

  test("changing what was read changes nothing that is stored", () => {
    const { store } = newStore();
    store.put("a", [1]);
    for (const read of [store.get("a"), store.peek("a")] as Json[][]) read.push(2);
    expect(store.get("a")).toEqual([1]);
  });

  test("keys that a prototype knows are keys like others", () => {
    const { store } = newStore();
    expect([store.has("__proto__"), store.get("constructor")]).toEqual([false, undefined]);
    store.put("__proto__", 1);
    expect(store.keys()).toEqual(["__proto__"]);
  });

  test("keys are sorted by UTF-16 code unit", () => {
    const { store } = newStore();
    for (const key of ["\uffff", "😀", "a", "B", ""]) store.put(key, 1);
    expect(store.keys()).toEqual(["", "B", "a", "😀", "\uffff"]);
  });
});

describe("transactions", () => {
  test("a rollback brings back entries, reads, recency, counters and capacity", () => {
    const { store, clock } = newStore();
    store.setCapacity(3);
    store.put("a", 1, { maxReads: 2 });
    store.put("b", 2, { ttlMs: 50, sliding: true });
    store.put("c", 3);
    const before = store.metrics();
    clock.ms = 20;
    store.begin();
    store.get("a");
    store.get("a");
    store.get("b");
    store.get("none");
    store.delete("c");
    for (const key of ["d", "e", "f"]) store.put(key, 4);
    store.setCapacity(1);
    store.rollback();

    expect(store.metrics()).toEqual(before);
    expect([store.peek("a"), store.peek("b"), store.peek("c")]).toEqual([1, 2, 3]);
    store.put("d", 4);
    expect(store.keys()).toEqual(["b", "c", "d"]);
    clock.ms = 50;
    expect(store.keys()).toEqual(["c", "d"]);
  });

  test("an expiration that was rolled back is counted by the next who looks", () => {
    const { store, clock } = newStore();
    store.put("a", 1, { ttlMs: 10 });
    clock.ms = 10;
    store.begin();
    store.get("a");
    store.rollback();
    expect(store.metrics()).toEqual({ currentSize: 0, evictions: 0, expirations: 1, hits: 0, misses: 0 });
  });

  test("a commit keeps what was done", () => {
    const { store } = newStore();
    store.begin();
    store.put("a", 1);
    store.commit();
    expect(store.get("a")).toBe(1);
    expect(store.metrics()).toMatchObject({ currentSize: 1, hits: 1 });
  });

  test("they neither nest nor end twice, and time does not shift within one", () => {
    const { store } = newStore();
    expect(() => store.commit()).toThrow("without an open transaction");
    store.begin();
    expect(() => store.begin()).toThrow("cannot begin another");
    expect(() => store.shiftTime(1)).toThrow("cannot shift its time");
    expect(() => store.setClock(new HandClock(), 0)).toThrow("cannot shift its time");
    store.rollback();
    expect(() => store.rollback()).toThrow("without an open transaction");
  });
});

test("numbers out of range are refused, and leave the store as it was", () => {
  const { store } = newStore();
  for (const ttlMs of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => store.put("a", 1, { ttlMs })).toThrow(RangeError);
  }
  for (const maxReads of [0, 1.5, -1, Number.NaN]) expect(() => store.put("a", 1, { maxReads })).toThrow(RangeError);
  for (const n of [-1, 1.5, Number.NaN]) expect(() => store.setCapacity(n)).toThrow(RangeError);
  expect(store.count()).toBe(0);
});
