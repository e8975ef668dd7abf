import type { Json } from "../value/mod.ts";

/** One key of a store. An entry is never reused for another key or value: a put makes a new one. */
export interface Entry {
  readonly key: string;
  readonly value: Json;
  /** Time to live in ms; undefined: it never expires. */
  readonly ttlMs: number | undefined;
  /** Whether a hit starts the time to live again. */
  readonly sliding: boolean;
  /** The store's time from which it is expired; Infinity without a time to live. */
  deadline: number;
  /** Hits that it still answers; Infinity without `maxReads`. */
  readsLeft: number;
  /** Neighbours in the recency list, which owns these two. */
  older: Entry | undefined;
  newer: Entry | undefined;
  /** Index in the deadline heap, which owns it; -1: not in the heap. */
  slot: number;
}

/** An entry that stands in no table yet. */
export function newEntry(fields: {
  readonly key: string;
  readonly value: Json;
  readonly now: number;
  readonly ttlMs?: number | undefined;
  readonly sliding?: boolean | undefined;
  readonly maxReads?: number | undefined;
}): Entry {
  const { key, value, now, ttlMs, sliding, maxReads } = fields;
  return {
    key,
    value,
    ttlMs,
    sliding: sliding ?? false,
    deadline: ttlMs === undefined ? Number.POSITIVE_INFINITY : now + ttlMs,
    readsLeft: maxReads ?? Number.POSITIVE_INFINITY,
    older: undefined,
    newer: undefined,
    slot: -1,
  };
}
