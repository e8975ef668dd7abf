/** How a Collect merges its inputs (pipelines §9). Fields are dotted paths; "" is the whole payload. Times are milliseconds. */
export interface MergePlan {
  readonly sort?: readonly { readonly field: string; readonly order: "asc" | "desc" }[];
  readonly stable?: boolean;
  readonly key?: string;
  readonly partitionBy?: string;
  readonly window?: number;
  readonly timeoutMs?: number;
  readonly watermark?: { readonly field: string; readonly latenessMs: number };
  readonly latePolicy?: "drop" | "accept" | "shunt";
  readonly idleMs?: number;
  readonly dedup?: { readonly field?: string };
  readonly buffer?: { readonly capacity: number; readonly policy: EdgePolicy };
}

/** What happens when a queue is full (pipelines §3). */
export type EdgePolicy = "block" | "dropOldest" | "dropNewest" | "shuntOldest" | "shuntNewest";
