import * as v from "valibot";
import { TimestampSchema, virtualTimestamp } from "../diag/mod.ts";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** kv.metrics.v1 (ami-tests §10): the counters of a store, or their sums. Keys stand in canonical order. */
export const KvMetricsSchema = v.strictObject({
  currentSize: Count,
  evictions: Count,
  expirations: Count,
  hits: Count,
  misses: Count,
  schema: v.literal("kv.metrics.v1"),
  timestamp: TimestampSchema,
});
export type KvMetricsDocument = v.InferOutput<typeof KvMetricsSchema>;

/** The counters of a store (ami-tests §7); `currentSize` counts live entries. */
export type KvMetrics = Readonly<Omit<KvMetricsDocument, "schema" | "timestamp">>;

/** The kv.metrics.v1 document of counters, taken at `atMs` of virtual time. */
export function metricsDocument(metrics: KvMetrics, atMs: number): KvMetricsDocument {
  const { currentSize, evictions, expirations, hits, misses } = metrics;
  return {
    currentSize,
    evictions,
    expirations,
    hits,
    misses,
    schema: "kv.metrics.v1",
    timestamp: virtualTimestamp(atMs),
  };
}

/** The sums of two sets of counters. */
export function addMetrics(a: KvMetrics, b: KvMetrics): KvMetrics {
  return {
    currentSize: a.currentSize + b.currentSize,
    evictions: a.evictions + b.evictions,
    expirations: a.expirations + b.expirations,
    hits: a.hits + b.hits,
    misses: a.misses + b.misses,
  };
}

/** The counters of a store in which nothing happened. */
export const NO_METRICS: KvMetrics = { currentSize: 0, evictions: 0, expirations: 0, hits: 0, misses: 0 };
