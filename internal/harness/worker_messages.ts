import type { SpecSet } from "../concept/mod.ts";
import type { Batch } from "./batches.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";

/** A spec set with the number that cases know it by. */
export type NumberedSpecs = readonly [number: number, set: SpecSet];

/** What the pool posts to a worker thread: first the options of the run, then one batch after the other. */
export type ToWorker =
  | { readonly kind: "options"; readonly options: CaseOptions; readonly pulse: SharedArrayBuffer }
  /** With the spec sets of its cases that the thread has not got yet. */
  | { readonly kind: "batch"; readonly batch: Batch; readonly specs: readonly NumberedSpecs[] };

/** What a worker answers to a batch: an outcome for each of its cases. */
export type FromWorker = readonly CaseOutcome[];
