import { wall } from "../world/mod.ts";
import type { Batch } from "./batches.ts";
import { crashOutcome } from "./crash.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import { runBatch } from "./run_batch.ts";
import { ThreadPool } from "./thread_pool.ts";

/** How long a run stays in this thread before it looks whether threads are worth it. */
const WARM_UP_MS = 50;
/** What is left must promise to take so many times longer than that: a thread starts, reads its files again, takes memory. */
const WORTH_IT = 20;
/** The event loop gets a turn at least this often, so that signals are seen (pipelines §7). */
const TURN_MS = 10;
/** Batches in flight a thread: enough to keep it busy, few enough to keep finished outcomes from piling up. */
const WINDOW = 4;

/**
 * Runs batches and yields what came of them, in their order, whatever `parallel` is. It begins in this thread; what is
 * left after a short while goes to `parallel` worker threads, if it is worth it. Ending the iteration ends the work.
 */
export async function* execute(
  batches: readonly Batch[],
  options: CaseOptions,
  parallel: number,
  warmUpMs = WARM_UP_MS,
): AsyncGenerator<readonly CaseOutcome[]> {
  const start = wall.monotonicMs();
  let lastTurn = start;
  for (const [position, batch] of batches.entries()) {
    const spent = wall.monotonicMs() - start;
    const left = batches.length - position;
    if (parallel > 1 && left > 1 && spent >= warmUpMs && spent * left >= warmUpMs * WORTH_IT * position) {
      yield* inThreads(batches.slice(position), options, parallel);
      return;
    }
    const outcomes: CaseOutcome[] = [];
    for (const outcome of runBatch(batch, options)) {
      outcomes.push(outcome);
      if (wall.monotonicMs() - lastTurn < TURN_MS) continue;
      // Yields what is there first, so that an interrupt keeps it.
      yield outcomes.splice(0);
      await wall.yieldToEvents();
      lastTurn = wall.monotonicMs();
    }
    if (outcomes.length > 0) yield outcomes;
  }
}

async function* inThreads(
  batches: readonly Batch[],
  options: CaseOptions,
  threads: number,
): AsyncGenerator<readonly CaseOutcome[]> {
  const pool = new ThreadPool(Math.min(threads, batches.length), options);
  const running: Promise<readonly CaseOutcome[]>[] = [];
  let next = 0;
  try {
    for (;;) {
      while (running.length < WINDOW * threads && next < batches.length) {
        const batch = batches[next++];
        if (batch === undefined) break;
        running.push(pool.run(batch).catch((error) => lost(batch, error)));
      }
      const first = running.shift();
      if (first === undefined) return;
      yield await first;
    }
  } finally {
    pool.close();
  }
}

/** The cases of a batch whose thread died. */
function lost({ file, cases }: Batch, error: unknown): CaseOutcome[] {
  return cases.map((spec) => ({ ...crashOutcome(error, file.file, spec), durationMs: 0 }));
}
