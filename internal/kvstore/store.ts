import type { Json } from "../value/mod.ts";
import type { Clock } from "../world/mod.ts";
import { copyJson } from "./copy_json.ts";
import { type Entry, newEntry } from "./entry.ts";
import { EntryTable } from "./entry_table.ts";
import { dumpOf, type KvDump } from "./kv_dump.ts";
import type { KvMetrics } from "./kv_metrics.ts";

/** How long an entry lives. */
export interface PutOptions {
  /** It is expired from put time + `ttlMs` on; 0 is at once. Absent: never. */
  readonly ttlMs?: number | undefined;
  /** A hit starts `ttlMs` again; means nothing without it. */
  readonly sliding?: boolean | undefined;
  /** The last of so many hits deletes the entry. */
  readonly maxReads?: number | undefined;
}

/** What a transaction brings back besides the entries. */
interface Saved {
  readonly counters: Counters;
  readonly capacity: number;
}

interface Counters {
  readonly hits: number;
  readonly misses: number;
  readonly expirations: number;
  readonly evictions: number;
}

/**
 * A key/value store (ami-tests §7): strings to JSON values, with time to live, bounded reads and a capacity whose
 * victims are the least recently used. Values are copied in and out, so that nobody can change what is stored without
 * a put. Time is that of the clock it was made with.
 *
 * Every operation first deletes what has expired by now and counts it, which looks the same from outside as deleting an
 * entry when it is found expired, and costs one comparison when nothing has.
 *
 * @example
 * const store = new Registry(clock).store("P/step");
 * store.put("a", { n: 1 }, { ttlMs: 50 });
 * store.get("a"); // { n: 1 } before 50 ms, a hit; then undefined, a miss and an expiration
 */
export class Store {
  readonly #table = new EntryTable();
  #clock: Clock;
  /** The store's time minus the clock's: it goes on where a clock restarts. */
  #ahead = 0;
  #capacity = 0;
  #hits = 0;
  #misses = 0;
  #expirations = 0;
  #evictions = 0;
  #saved: Saved | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Replaces the entry of `key` with its options, makes it the most recent, then evicts what is beyond the capacity.
   * Throws a RangeError where `ttlMs` is not a finite number from 0, or `maxReads` not an integer from 1.
   */
  put(key: string, value: Json, options: PutOptions = {}): void {
    const { ttlMs, sliding, maxReads } = options;
    if (ttlMs !== undefined && !(Number.isFinite(ttlMs) && ttlMs >= 0)) {
      throw new RangeError(`ttlMs is ${ttlMs}; a finite number from 0 is allowed here`);
    }
    if (maxReads !== undefined && !(Number.isSafeInteger(maxReads) && maxReads >= 1)) {
      throw new RangeError(`maxReads is ${maxReads}; an integer from 1 is allowed here`);
    }
    const now = this.#purge();
    const old = this.#table.get(key);
    if (old !== undefined) this.#table.remove(old);
    this.#table.add(newEntry({ key, value: copyJson(value), now, ttlMs, sliding, maxReads }));
    this.#evict();
  }

  /** A copy of the value, as a hit: most recent, a sliding time to live renewed, one read used up. Absent: a miss. */
  get(key: string): Json | undefined {
    const now = this.#purge();
    const entry = this.#table.get(key);
    if (entry === undefined) {
      this.#misses += 1;
      return undefined;
    }
    this.#hits += 1;
    this.#read(entry, now);
    return copyJson(entry.value);
  }

  /** A copy of the value that counts no hit and no miss, uses up no read and touches no order. */
  peek(key: string): Json | undefined {
    this.#purge();
    const entry = this.#table.get(key);
    return entry === undefined ? undefined : copyJson(entry.value);
  }

  has(key: string): boolean {
    this.#purge();
    return this.#table.get(key) !== undefined;
  }

  /** Whether there was a live entry to delete. An expired one counts as an expiration and as absent. */
  delete(key: string): boolean {
    this.#purge();
    const entry = this.#table.get(key);
    if (entry === undefined) return false;
    this.#table.remove(entry);
    return true;
  }

  /** The keys of the live entries, sorted by UTF-16 code unit. */
  keys(): string[] {
    this.#purge();
    return this.#table.keys().sort();
  }

  /** How many live entries there are. */
  count(): number {
    this.#purge();
    return this.#table.size;
  }

  /** At most `n` entries from now on, 0: any number. Shrinking evicts at once. Throws a RangeError for other numbers. */
  setCapacity(n: number): void {
    if (!Number.isSafeInteger(n) || n < 0)
      throw new RangeError(`the capacity is ${n}; an integer from 0 is allowed here`);
    this.#capacity = n;
    this.#evict();
  }

  metrics(): KvMetrics {
    this.#purge();
    return { currentSize: this.#table.size, ...this.#counters() };
  }

  /** The sorted keys of the live entries. */
  dump(): KvDump {
    this.#purge();
    return dumpOf(this.#table.keys());
  }

  /**
   * Says that the clock restarted `ms` earlier than it stood (30 when one that stood at 30 is at 0 again): put times
   * move with it, so that what was left of each time to live is left.
   */
  shiftTime(ms: number): void {
    this.#refuseInTransaction("shift its time");
    this.#ahead += ms;
  }

  /** Goes by another clock from now on: what this store called now is `startMs` there. */
  setClock(clock: Clock, startMs: number): void {
    this.shiftTime(this.#clock.now() - startMs);
    this.#clock = clock;
  }

  /**
   * Opens a transaction: all that is done until `commit` or `rollback` can be taken back. A call of a worker that ends in
   * an error leaves its store as it was (pipelines §4). Transactions do not nest.
   */
  begin(): void {
    this.#refuseInTransaction("begin another");
    this.#saved = { counters: this.#counters(), capacity: this.#capacity };
    this.#table.begin();
  }

  /** Keeps what was done since `begin`. */
  commit(): void {
    this.#endTransaction();
    this.#table.commit();
  }

  /**
   * Takes back what was done since `begin`: entries, what is left of their reads, their recency, the counters, the
   * capacity. What was found expired is there again, and is found expired, and counted, by the next who looks.
   */
  rollback(): void {
    const { counters, capacity } = this.#endTransaction();
    this.#table.rollback();
    this.#hits = counters.hits;
    this.#misses = counters.misses;
    this.#expirations = counters.expirations;
    this.#evictions = counters.evictions;
    this.#capacity = capacity;
  }

  #read(entry: Entry, now: number): void {
    if (entry.readsLeft <= 1) {
      this.#table.remove(entry);
      return;
    }
    const deadline = entry.sliding && entry.ttlMs !== undefined ? now + entry.ttlMs : entry.deadline;
    const readsLeft = entry.readsLeft - 1;
    if (deadline !== entry.deadline || readsLeft !== entry.readsLeft) this.#table.renew(entry, deadline, readsLeft);
    this.#table.touch(entry);
  }

  /** Deletes what has expired; returns the store's time. */
  #purge(): number {
    const now = this.#clock.now() + this.#ahead;
    for (let entry = this.#table.expired(now); entry !== undefined; entry = this.#table.expired(now)) {
      this.#table.remove(entry);
      this.#expirations += 1;
    }
    return now;
  }

  #evict(): void {
    if (this.#capacity === 0 || this.#table.size <= this.#capacity) return;
    this.#purge();
    for (let entry = this.#table.oldest; entry !== undefined; entry = this.#table.oldest) {
      if (this.#table.size <= this.#capacity) return;
      this.#table.remove(entry);
      this.#evictions += 1;
    }
  }

  #counters(): Counters {
    return { evictions: this.#evictions, expirations: this.#expirations, hits: this.#hits, misses: this.#misses };
  }

  #refuseInTransaction(what: string): void {
    if (this.#saved !== undefined) throw new Error(`a store cannot ${what} while a transaction is open`);
  }

  #endTransaction(): Saved {
    const saved = this.#saved;
    if (saved === undefined) throw new Error("a store without an open transaction can neither commit nor roll back");
    this.#saved = undefined;
    return saved;
  }
}
