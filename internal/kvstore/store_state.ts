import type { KvDump } from "./kv_dump.ts";
import type { KvMetrics } from "./kv_metrics.ts";

/** What records and artifacts tell of a store at one moment: plain data that can cross to another thread. */
export interface StoreState {
  readonly ns: string;
  readonly metrics: KvMetrics;
  readonly dump: KvDump;
}
