import type { RealTime } from "../world/mod.ts";
import type { LiveFeed } from "./live_feed.ts";
import type { PipelineRun } from "./pipeline_run.ts";

/** The event loop gets a turn at least this often, so that signals are seen (pipelines §7). */
const TURN_MS = 10;
/** Turns of the run's loop between two looks at the time: few enough for slow workers, many enough to cost nothing. */
const LEAST_BUDGET = 1;
const FIRST_BUDGET = 256;
const MOST_BUDGET = 16_384;

/**
 * Runs a pipeline by a real clock (pipelines §8), from now on, until its input has ended and nothing is due. The run's own
 * time follows the clock and never leads it: a loop that is late runs every entry at the time it was due for, so that a
 * live run does what a virtual one does with the same arrivals. `run.drain()` and then `time.ring()` let it end early.
 *
 * Throws what the feed throws, and a `ConservationError`.
 */
export async function runLive(run: PipelineRun, time: RealTime, feed?: LiveFeed): Promise<void> {
  try {
    await drive(run, time, feed);
  } finally {
    feed?.stop();
  }
}

async function drive(run: PipelineRun, time: RealTime, feed: LiveFeed | undefined): Promise<void> {
  const start = time.monotonicMs();
  let lastTurn = start;
  let budget = FIRST_BUDGET;
  let input: ReturnType<LiveFeed["fill"]> = feed === undefined ? "ended" : "waiting";
  if (feed === undefined) run.close();
  for (;;) {
    const before = time.monotonicMs();
    const at = Math.floor(before - start);
    if (feed !== undefined && run.wantsInput) {
      input = feed.fill(run, at);
      if (input === "ended") run.close();
    }
    const state = run.step(budget, at);
    if (state === "done") return;
    const now = time.monotonicMs();
    budget = adapted(budget, now - before);
    // A wait that has been rung for is over before the event loop has had a turn, so it does not count as one.
    if (state === "wait" && !(input === "more" && run.wantsInput)) await waitForNext(run, time, start, now);
    if (time.monotonicMs() - lastTurn < TURN_MS) continue;
    await time.yieldToEvents();
    lastTurn = time.monotonicMs();
  }
}

async function waitForNext(run: PipelineRun, time: RealTime, start: number, now: number): Promise<void> {
  const next = run.nextTime;
  if (next === Number.POSITIVE_INFINITY) await time.wait();
  else await time.wait(Math.max(0, start + next - now));
}

/** Half the budget where a slice took most of a turn's time, twice where it took hardly any. */
function adapted(budget: number, tookMs: number): number {
  if (tookMs > TURN_MS / 2) return Math.max(LEAST_BUDGET, budget >> 1);
  return tookMs < TURN_MS / 8 ? Math.min(MOST_BUDGET, budget * 2) : budget;
}
