// The key/value store that pipelines and tests use: namespaces of strings to JSON values with time to live, bounded
// reads, a capacity and transactions, and the records and artifacts that show what became of them. docs/kvstore.md.
export { ArtifactNames, caseArtifactName, safeName } from "./artifact_name.ts";
export { type KvArtifact, KvArtifacts, totalDumpArtifact, totalMetricsArtifact } from "./kv_artifacts.ts";
export { type KvDump, KvDumpSchema } from "./kv_dump.ts";
export { type KvMetrics, KvMetricsSchema } from "./kv_metrics.ts";
export { kvRecords } from "./kv_records.ts";
export { KvTotals } from "./kv_totals.ts";
export { Registry } from "./registry.ts";
export type { PutOptions, Store } from "./store.ts";
export type { StoreState } from "./store_state.ts";
