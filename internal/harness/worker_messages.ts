import type { Batch } from "./batches.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";

/** What the pool posts to a worker thread: first the options of the run, then one batch after the other. */
export type ToWorker =
  | { readonly kind: "options"; readonly options: CaseOptions }
  | { readonly kind: "batch"; readonly batch: Batch };

/** What a worker answers to a batch: an outcome for each of its cases. */
export type FromWorker = readonly CaseOutcome[];
