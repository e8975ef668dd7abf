import { mayNotEnd, type SpecSet } from "../concept/mod.ts";
import type { Wall } from "../world/mod.ts";
import { type Batch, batchesOf } from "./batches.ts";
import { CaseRunner } from "./case_runner.ts";
import { crashOf, crashOutcome } from "./crash.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import { runBatch } from "./run_batch.ts";
import { HANDLER_MS } from "./scenario_run/mod.ts";
import type { TestCase } from "./test_case.ts";
import { ThreadHang } from "./thread_hang.ts";
import { ThreadPool } from "./thread_pool.ts";

/** How long a run stays in this thread before it looks whether threads are worth it. */
const WARM_UP_MS = 50;
/** What is left must promise to take so many times longer than that: threads take time to start, and memory. */
const WORTH_IT = 4;
/** A case that is over sooner costs more to hand over than to run. */
const WORTH_A_CASE_MS = 0.1;
/** The event loop gets a turn about as often, so that signals are seen (pipelines §7); one turn of a case may take longer. */
const TURN_MS = 10;
/** Who waits for a batch is asked about as often whether to go on: a handler in it may take its time. */
const LOOK_MS = 50;
/** What one batch should take, and hold at most: soon over, and worth handing over. */
const BATCH_MS = 20;
const BATCH_CASES = 64;
/** What a case is taken to cost where none was measured. */
const GUESS_MS = 1;
/** Batches in flight a thread: enough to keep it busy, few enough to keep finished outcomes from piling up. */
const WINDOW = 4;

/** How cases are executed; tests inject the last three. */
export interface ExecuteOptions {
  readonly cases: CaseOptions;
  /** What the cases of scenarios are run against; they know it by its index. */
  readonly specSets?: readonly SpecSet[];
  readonly parallel: number;
  readonly wall: Wall;
  /** Milliseconds before threads come into question, and those a case must take for them; default 50 and 0.1. */
  readonly warmUpMs?: number;
  readonly worthACaseMs?: number;
  readonly makePool?: (threads: number) => ThreadPool;
}

/**
 * Runs cases and yields what came of them, in their order, whatever `parallel` is. It begins in this thread; what is left
 * after a short while goes to `parallel` worker threads, if it is worth it. Where there are handlers, plugins or
 * SQL that may not end, all of it goes there at once: who waits for one sees no signals. Ending the iteration ends the work.
 */
export async function* execute(
  cases: readonly TestCase[],
  options: ExecuteOptions,
): AsyncGenerator<readonly CaseOutcome[]> {
  if (options.specSets?.some(mayHang) || options.cases.plugins.length > 0) {
    yield* inThreads(cases, GUESS_MS, options);
    return;
  }
  const runner = await CaseRunner.open(options.cases);
  for (const [number, set] of (options.specSets ?? []).entries()) runner.programs.add(number, set);
  try {
    yield* fromThisThread(cases, runner, options);
  } finally {
    runner.close();
  }
}

async function* fromThisThread(
  cases: readonly TestCase[],
  runner: CaseRunner,
  options: ExecuteOptions,
): AsyncGenerator<readonly CaseOutcome[]> {
  const { wall, parallel, warmUpMs = WARM_UP_MS, worthACaseMs = WORTH_A_CASE_MS } = options;
  const start = wall.monotonicMs();
  let lastTurn = start;
  let done = 0;
  for (const batch of batchesOf(cases, BATCH_CASES)) {
    const outcomes: CaseOutcome[] = [];
    const isWhole = (batch[0]?.source.shared.size ?? 0) > 0;
    for (const outcome of runBatch(batch, runner, wall)) {
      const now = wall.monotonicMs();
      if (outcome !== undefined) {
        outcomes.push(outcome);
        done += 1;
        const left = cases.length - done;
        const spent = now - start;
        const msPerCase = spent / done;
        const worthIt = spent >= warmUpMs && msPerCase * left >= warmUpMs * WORTH_IT && msPerCase >= worthACaseMs;
        const mayLeave = !isWhole || outcomes.length === batch.length;
        if (parallel > 1 && left > 1 && worthIt && mayLeave) {
          yield outcomes;
          yield* inThreads(cases.slice(done), msPerCase, options);
          return;
        }
      }
      if (now - lastTurn < TURN_MS) continue;
      // Yields what is there first, so that an interrupt keeps it.
      yield outcomes.splice(0);
      await wall.yieldToEvents();
      lastTurn = wall.monotonicMs();
    }
    yield outcomes;
  }
}

async function* inThreads(
  cases: readonly TestCase[],
  msPerCase: number,
  options: ExecuteOptions,
): AsyncGenerator<readonly CaseOutcome[]> {
  const most = Math.max(1, Math.min(BATCH_CASES, Math.floor(BATCH_MS / msPerCase)));
  const batches = batchesOf(cases, most);
  const threads = Math.min(options.parallel, batches.length);
  const pool = options.makePool?.(threads) ?? new ThreadPool(threads, options.cases, options.specSets);
  const running: Promise<readonly CaseOutcome[]>[] = [];
  let next = 0;
  try {
    for (;;) {
      while (running.length < WINDOW * threads && next < batches.length) {
        const batch = batches[next++] ?? [];
        running.push(outcomesOf(batch, pool, options));
      }
      const first = running.shift();
      if (first === undefined) return;
      yield* whenDone(first, pool, options.wall);
    }
  } finally {
    pool.close();
  }
}

/** The outcomes of a batch; until they are there, every now and then nothing, so that whoever asks for them may give up. */
async function* whenDone(
  batch: Promise<readonly CaseOutcome[]>,
  pool: ThreadPool,
  wall: Wall,
): AsyncGenerator<readonly CaseOutcome[]> {
  for (;;) {
    const outcomes = await Promise.race([batch, wall.pause(LOOK_MS).then(() => undefined)]);
    yield outcomes ?? [];
    if (outcomes !== undefined) return;
    pool.look(wall.monotonicMs());
  }
}

/** Of a batch with a case that hangs, the others are run again. */
async function outcomesOf(batch: Batch, pool: ThreadPool, options: ExecuteOptions): Promise<readonly CaseOutcome[]> {
  try {
    return await pool.run(
      batch,
      batch.map((testCase) => patienceMs(testCase, options)),
    );
  } catch (error) {
    const hung = error instanceof ThreadHang ? batch[error.at] : undefined;
    if (!(error instanceof ThreadHang) || hung === undefined) return lost(batch, error);
    const others = batch.filter((testCase) => testCase !== hung);
    const outcomes = others.length === 0 ? [] : await outcomesOf(others, pool, options);
    return outcomes.toSpliced(error.at, 0, error.outcome(hung));
  }
}

/**
 * How long a thread may give no sign of life at a case: the watchdog of SQL, which has none of its own. A handler has, and is given
 * its time besides; so have the calls of a flow, of which one step may make many.
 */
function patienceMs({ body }: TestCase, { cases, specSets = [] }: ExecuteOptions): number {
  const set = body.kind === "scenario" ? specSets[body.specs] : undefined;
  if (body.kind !== "scenario" || set === undefined || !mayHang(set)) return Number.POSITIVE_INFINITY;
  if (body.spec.flow.some((step) => "ir" in step)) return Number.POSITIVE_INFINITY;
  const { watchdogMs, timeoutMs } = cases;
  const ofCall = Math.max(watchdogMs, body.spec.timeoutMs ?? (timeoutMs === 0 ? HANDLER_MS : timeoutMs));
  return hasHandlers(set) ? watchdogMs + ofCall : watchdogMs;
}

/** Something of it may hold its thread for as long as it likes. */
function mayHang(set: SpecSet): boolean {
  return hasHandlers(set) || mayNotEnd(set);
}

function hasHandlers({ concepts }: SpecSet): boolean {
  return concepts.some(({ handlers }) => handlers !== undefined);
}

/** The cases of a batch whose thread died. */
function lost(batch: Batch, error: unknown): CaseOutcome[] {
  return batch.map((testCase) => ({ ...crashOutcome(crashOf(error), testCase), durationMs: 0 }));
}
