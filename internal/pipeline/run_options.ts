import type { WorkerFn } from "../ami/mod.ts";
import type { Registry } from "../kvstore/mod.ts";
import type { DeterministicClock, Rng } from "../world/mod.ts";
import type { IoFiles } from "./io_files.ts";
import type { RunSinks } from "./run_sinks.ts";
import type { SandboxPolicy } from "./sandbox.ts";

/** Where a run lives. Its clock is set by the run, in tests and in production: it is the time that events see. */
export interface RunWorld {
  readonly clock: DeterministicClock;
  /** Each step draws from the part `<pipeline>/<step>` of it. */
  readonly rng: Rng;
  /** The state of a step is the store `<pipeline>/<step>`. */
  readonly stores: Registry;
}

export interface RunOptions {
  /** Called before the worker of every Transform and Mutable, `filter` first; not in the error pipeline (pipelines §14). */
  readonly filter?: WorkerFn | undefined;
  readonly transform?: WorkerFn | undefined;
  /** Set the interval (ms) and count of every Timer. */
  readonly timerInterval?: number | undefined;
  readonly timerCount?: number | undefined;
  readonly sandbox?: SandboxPolicy | undefined;
  /** The run ends with E_TIMEOUT rather than do something after this many milliseconds; 0 and absent: no limit. */
  readonly limitMs?: number | undefined;
  /** A limit of a merge that is exceeded ends the run with E_MERGE_OVERFLOW (pipelines §9). */
  readonly strict?: boolean | undefined;
  /** What io steps reach; absent: nothing. */
  readonly files?: IoFiles | undefined;
  readonly sinks?: RunSinks | undefined;
  /** Milliseconds since 1970 at the start of the run, for the timestamps of its records; default 0. */
  readonly epochMs?: number | undefined;
  /** Whether events are pushed while it runs, until `close`; the time they come at is that of a real clock. */
  readonly live?: boolean | undefined;
  /** A virtual run of more entries ends with E_RUN_BUDGET; default {@link RUN_BUDGET}. */
  readonly entryBudget?: number | undefined;
}

/** Agenda entries of a virtual run (pipelines §7). */
export const RUN_BUDGET = 100_000_000;
