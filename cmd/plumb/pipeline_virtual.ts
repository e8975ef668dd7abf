import type { PipelineRun } from "../../internal/pipeline/mod.ts";
import type { RealTime } from "../../internal/world/mod.ts";

/** The event loop gets a turn at least this often, so that signals are seen (pipelines §7). */
const TURN_MS = 10;
const FIRST_BUDGET = 256;
const MOST_BUDGET = 16_384;

/** Runs a pipeline in virtual time to its end; between two turns a signal may drain it. */
export async function stepToEnd(
  run: PipelineRun,
  time: Pick<RealTime, "monotonicMs" | "yieldToEvents">,
): Promise<void> {
  let lastTurn = time.monotonicMs();
  let budget = FIRST_BUDGET;
  for (let before = lastTurn; run.step(budget) !== "done"; before = time.monotonicMs()) {
    const now = time.monotonicMs();
    // A slice takes well below a turn's time, whatever its workers cost.
    if (now - before > TURN_MS / 2) budget = Math.max(1, budget >> 1);
    else if (now - before < TURN_MS / 8) budget = Math.min(MOST_BUDGET, budget * 2);
    if (now - lastTurn < TURN_MS) continue;
    await time.yieldToEvents();
    lastTurn = time.monotonicMs();
  }
}
