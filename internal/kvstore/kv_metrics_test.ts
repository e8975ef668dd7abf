import { expect, test } from "bun:test";
import * as v from "valibot";
import { addMetrics, KvMetricsSchema, metricsDocument, NO_METRICS } from "./kv_metrics.ts";

const metrics = { hits: 2, misses: 2, expirations: 0, evictions: 0, currentSize: 2 };

test("the document is that of the page, byte for byte", () => {
  expect(JSON.stringify(metricsDocument(metrics, 49))).toBe(
    '{"currentSize":2,"evictions":0,"expirations":0,"hits":2,"misses":2,"schema":"kv.metrics.v1","timestamp":"1970-01-01T00:00:00.049Z"}',
  );
});

test("the schema takes the document, and nothing with a key more, less or negative", () => {
  const document = metricsDocument(metrics, 0);
  expect(v.is(KvMetricsSchema, document)).toBe(true);
  expect(v.is(KvMetricsSchema, { ...document, ns: "x" })).toBe(false);
  expect(v.is(KvMetricsSchema, metrics)).toBe(false);
  expect(v.is(KvMetricsSchema, { ...document, hits: -1 })).toBe(false);
});

test("counters add up field by field", () => {
  const sum = addMetrics(addMetrics(NO_METRICS, metrics), { ...metrics, expirations: 3, evictions: 5 });
  expect(sum).toEqual({ hits: 4, misses: 4, expirations: 3, evictions: 5, currentSize: 4 });
});
