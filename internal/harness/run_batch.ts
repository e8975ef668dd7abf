import type { Wall } from "../world/mod.ts";
import type { Batch } from "./batches.ts";
import type { CaseRunner } from "./case_runner.ts";
import { crashOf, crashOutcome } from "./crash.ts";
import type { CaseOutcome } from "./outcome.ts";
import { runPragmaCase, SharedStores } from "./pragma_run/mod.ts";
import { runScenarioCase } from "./run_scenario_case.ts";
import type { TestCase } from "./test_case.ts";

/** Runs the cases of a batch in this thread, one after the other. Yields an outcome a case, undefined for a turn between. */
export function* runBatch(batch: Batch, runner: CaseRunner, wall: Wall): Generator<CaseOutcome | undefined> {
  const [first] = batch;
  if (first === undefined) return;
  // The cases of a file with shared stores are always in one batch.
  const stores = new SharedStores(first.source.shared);
  for (const testCase of batch) {
    const start = wall.monotonicMs();
    const outcome = yield* runOrCrash(testCase, stores, runner);
    yield { ...outcome, durationMs: Math.round((wall.monotonicMs() - start) * 1000) / 1000 };
  }
}

function* runOrCrash(
  testCase: TestCase,
  stores: SharedStores,
  runner: CaseRunner,
): Generator<undefined, Omit<CaseOutcome, "durationMs">> {
  try {
    const { body } = testCase;
    switch (body.kind) {
      case "pragma":
        return yield* runPragmaCase({ ...testCase, body }, stores, runner);
      case "scenario":
        return yield* runScenarioCase({ ...testCase, body }, runner);
    }
  } catch (error) {
    // A bug of plumb in one case must not lose the results of the others (DESIGN, errors).
    return crashOutcome(crashOf(error), testCase);
  }
}
