import type { ErrorRecord } from "../diag/mod.ts";
import type { LeftEvent } from "./left_events.ts";
import type { RunStats, StageStats } from "./stage_stats.ts";

/**
 * How a run ended: nothing was due any more; it was not allowed to begin; something would have had to happen after its
 * limit; it took too many entries; or it could not go on (E_WORKER_HANG, E_MERGE_OVERFLOW).
 */
export type RunStop = "quiescent" | "refused" | "timeout" | "budget" | "failed";

/** What a run leaves (pipelines §14). What a sink took is not in it. */
export interface RunResult {
  /** Undefined: it has not ended. */
  readonly stop: RunStop | undefined;
  /** Milliseconds of the run at its end. */
  readonly endMs: number;
  readonly outputs: readonly LeftEvent[];
  readonly errorOutputs: readonly LeftEvent[];
  readonly errors: readonly ErrorRecord[];
  /** In topological order; empty where a capability was missing. */
  readonly stats: readonly StageStats[];
  readonly run: RunStats;
}
