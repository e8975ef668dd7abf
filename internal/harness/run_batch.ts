import { wall } from "../world/mod.ts";
import type { Batch } from "./batches.ts";
import { crashOutcome } from "./crash.ts";
import type { CaseFile } from "./file_loader.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { CaseSpec } from "./pragma/mod.ts";
import { runCase } from "./run_case.ts";
import { SharedStores } from "./stores.ts";

/** Runs the cases of a batch in this thread, one after the other. */
export function* runBatch({ file, cases }: Batch, options: CaseOptions): Generator<CaseOutcome> {
  // The cases of a file with shared stores are always in one batch.
  const stores = new SharedStores(file.shared);
  for (const spec of cases) {
    const start = wall.monotonicMs();
    const outcome = runOrCrash(file, spec, stores, options);
    yield { ...outcome, durationMs: Math.round((wall.monotonicMs() - start) * 1000) / 1000 };
  }
}

function runOrCrash(
  file: CaseFile,
  spec: CaseSpec,
  stores: SharedStores,
  options: CaseOptions,
): Omit<CaseOutcome, "durationMs"> {
  try {
    return runCase(file, spec, stores, options);
  } catch (error) {
    // A bug of plumb in one case must not lose the results of the others (DESIGN, errors).
    return crashOutcome(error, file.file, spec);
  }
}
