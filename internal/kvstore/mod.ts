// The key/value store that pipelines and tests use: namespaces of strings to JSON values with time to live, bounded
// reads, a capacity and transactions, and the documents that show what became of them. docs/kvstore.md.
export { dumpDocument, dumpOf, type KvDump, type KvDumpDocument, KvDumpSchema } from "./kv_dump.ts";
export {
  addMetrics,
  type KvMetrics,
  type KvMetricsDocument,
  KvMetricsSchema,
  metricsDocument,
  NO_METRICS,
} from "./kv_metrics.ts";
export { Registry } from "./registry.ts";
export type { PutOptions, Store } from "./store.ts";
export type { StoreState } from "./store_state.ts";
