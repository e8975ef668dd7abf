import { expect, test } from "bun:test";
import fc from "fast-check";
import type { Json } from "../value/mod.ts";
import type { KvMetrics } from "./kv_metrics.ts";
import { type PutOptions, Store } from "./store.ts";

// The store against the table of ami-tests §7 read literally: a plain list from least to most recently used, in which an
// entry stays, expired, until an operation looks at it. That the real one purges earlier must not show.

interface ModelEntry {
  key: string;
  value: Json;
  putAt: number;
  options: PutOptions;
  reads: number;
}

interface ModelState {
  entries: ModelEntry[];
  capacity: number;
  hits: number;
  misses: number;
  expirations: number;
  evictions: number;
}

class Model {
  state: ModelState = { entries: [], capacity: 0, hits: 0, misses: 0, expirations: 0, evictions: 0 };
  now = 0;
  #saved: ModelState | undefined;

  put(key: string, value: Json, options: PutOptions): void {
    this.delete(key);
    this.state.entries.push({ key, value, putAt: this.now, options, reads: 0 });
    this.#evict();
  }

  get(key: string): Json | undefined {
    const entry = this.#find(key);
    if (entry === undefined) {
      this.state.misses++;
      return undefined;
    }
    this.state.hits++;
    entry.reads++;
    this.#drop(entry);
    if (entry.reads !== entry.options.maxReads) this.state.entries.push(entry);
    if (entry.options.sliding) entry.putAt = this.now;
    return entry.value;
  }

  peek(key: string): Json | undefined {
    return this.#find(key)?.value;
  }

  delete(key: string): boolean {
    const entry = this.#find(key);
    if (entry !== undefined) this.#drop(entry);
    return entry !== undefined;
  }

  setCapacity(n: number): void {
    this.state.capacity = n;
    this.#evict();
  }

  keys(): string[] {
    this.#purge();
    return this.state.entries.map((entry) => entry.key).sort();
  }

  metrics(): KvMetrics {
    this.#purge();
    const { entries, hits, misses, expirations, evictions } = this.state;
    return { currentSize: entries.length, hits, misses, expirations, evictions };
  }

  restartClock(): void {
    for (const entry of this.state.entries) entry.putAt -= this.now;
    this.now = 0;
  }

  begin(): void {
    this.#saved = structuredClone(this.state);
  }

  end(keep: boolean): void {
    if (!keep && this.#saved !== undefined) this.state = this.#saved;
    this.#saved = undefined;
  }

  get inTransaction(): boolean {
    return this.#saved !== undefined;
  }

  #find(key: string): ModelEntry | undefined {
    const entry = this.state.entries.find((one) => one.key === key);
    if (entry === undefined || !this.#expired(entry)) return entry;
    this.#drop(entry);
    this.state.expirations++;
    return undefined;
  }

  #expired(entry: ModelEntry): boolean {
    return entry.options.ttlMs !== undefined && this.now >= entry.putAt + entry.options.ttlMs;
  }

  #drop(entry: ModelEntry): void {
    this.state.entries.splice(this.state.entries.indexOf(entry), 1);
  }

  #purge(): void {
    const live = this.state.entries.filter((entry) => !this.#expired(entry));
    this.state.expirations += this.state.entries.length - live.length;
    this.state.entries = live;
  }

  #evict(): void {
    if (this.state.capacity === 0 || this.state.entries.length <= this.state.capacity) return;
    this.#purge();
    while (this.state.entries.length > this.state.capacity) {
      this.state.entries.shift();
      this.state.evictions++;
    }
  }
}

const key = fc.constantFrom("a", "b", "c", "d", "e");
const options = fc.oneof(
  fc.record({ ttlMs: fc.integer({ min: 0, max: 40 }), sliding: fc.boolean() }),
  fc.record({ ttlMs: fc.integer({ min: 0, max: 40 }), maxReads: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ sliding: fc.boolean(), maxReads: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] }),
);
const operation = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("put" as const), key, value: fc.integer(), options }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("get" as const), key }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom("peek", "has", "delete"), key }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("advance" as const), ms: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom("keys", "metrics", "restart") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("capacity" as const), n: fc.integer({ min: 0, max: 5 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("begin", "begin", "commit", "rollback", "rollback") }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Does one operation on both; returns what each answered. */
function both(op: Operation, store: Store, model: Model, clock: { ms: number }): [unknown, unknown] {
  if ("value" in op) return [store.put(op.key, op.value, op.options), model.put(op.key, op.value, op.options)];
  if ("ms" in op) {
    clock.ms += op.ms;
    model.now += op.ms;
    return [0, 0];
  }
  if ("n" in op) return [store.setCapacity(op.n), model.setCapacity(op.n)];
  if ("key" in op) {
    if (op.do === "get") return [store.get(op.key), model.get(op.key)];
    if (op.do === "peek") return [store.peek(op.key), model.peek(op.key)];
    if (op.do === "has") return [store.has(op.key), model.peek(op.key) !== undefined];
    return [store.delete(op.key), model.delete(op.key)];
  }
  if (op.do === "keys") return [store.keys(), model.keys()];
  if (op.do === "metrics") return [store.metrics(), model.metrics()];
  if (op.do === "restart" && !model.inTransaction) {
    store.shiftTime(clock.ms);
    clock.ms = 0;
    model.restartClock();
  }
  if (op.do === "begin" && !model.inTransaction) {
    store.begin();
    model.begin();
  } else if ((op.do === "commit" || op.do === "rollback") && model.inTransaction) {
    if (op.do === "commit") store.commit();
    else store.rollback();
    model.end(op.do === "commit");
  }
  return [0, 0];
}

test("any sequence of operations answers and counts as the rules read literally do", () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 80, size: "max" }), (operations) => {
      const clock = { ms: 0, now: () => clock.ms };
      const store = new Store(clock);
      const model = new Model();
      for (const op of operations) {
        const [actual, expected] = both(op, store, model, clock);
        expect(actual).toEqual(expected);
      }
      expect(store.metrics()).toEqual(model.metrics());
      // What is left by recency: shrinking one by one evicts in that order.
      for (let n = store.count(); n >= 1; n -= 1) {
        store.setCapacity(n);
        model.setCapacity(n);
        expect(store.dump()).toEqual({ keys: model.keys(), size: n });
      }
    }),
    { numRuns: 1000 },
  );
});
