// The deterministic executor of pipelines (pipelines §6 to §13): nodes, edges and their policies, merge, timers, the error
// pipeline. One class runs a pipeline in tests and in production; `runVirtual` and `runLive` are the two ways to drive it.
export { ConservationError } from "./conservation.ts";
export type { MergeItem } from "./held_event.ts";
export { type Hop, type HopOp, HopSchema, type HopSink, hopRecord, LAST_HOPS, LastHops } from "./hop.ts";
export type { IoFiles } from "./io_files.ts";
export type { LeftEvent } from "./left_events.ts";
export { AsyncFeed, type LiveFeed } from "./live_feed.ts";
export {
  type DiscardReason,
  MERGE_LIMITS,
  Merge,
  type MergeLimits,
  type MergeOptions,
  type OnDiscard,
} from "./merge.ts";
export { PipelineRun } from "./pipeline_run.ts";
export { EventError, eventOf, type ReadEvent, readEvent } from "./read_event.ts";
export type { ExternalEvent, RunInput } from "./run_input.ts";
export { runLive } from "./run_live.ts";
export { RUN_BUDGET, type RunOptions, type RunWorld } from "./run_options.ts";
export type { RunResult, RunStop } from "./run_result.ts";
export type { RunSinks } from "./run_sinks.ts";
export { runVirtual } from "./run_virtual.ts";
export type { SandboxPolicy } from "./sandbox.ts";
export { type RunStats, RunStatsSchema, type StageStats, StageStatsSchema } from "./stage_stats.ts";
export { TimerError } from "./timers.ts";
