// Builders for contributors' tests, exported from the package as `plumb/testutil` (pipelines §14): modules of pipelines without
// any `.ami` source, merge plans, worlds with a virtual clock, and runs of all these; scenarios are run by `run` and `Harness`
// (scenarios.md §9). Only tests import it.
//
// Isolation: a run has its own stores, every scenario an event log of its own in memory, and touches no file; `writeEdges` and its kin write below the folder they are given, and
// `tempDir` is removed when the process exits.
// Determinism: everything that could differ between two runs comes from the world that is passed in. In a test world time is
// virtual: a Timer of an hour takes microseconds, equal input gives equal outputs, times, statistics and records. No wall time
// enters, but for `runPipelineLive`, which is there for it.
// What `expect` compares: a step's own completion, never what it was told to assume; what the trace is for: it is the contract,
// equal in every id and `seq` between two runs, so that assertions and golden files read it and nothing else.
// What a result tells: `outputs` are the events that left, with the virtual time at which they did; `stats` count every event of
// every step, and obey enqueued = emitted + dropped + shunted + silenced + errored + held; `errors` are all records in order.
export type { MergePlan } from "../ami/mod.ts";
export {
  type ExpectClause,
  type FlowStep,
  Harness,
  type HarnessOptions,
  LoadError,
  type Result,
  run,
  type Scenario,
  type SetupStep,
} from "../harness/mod.ts";
export type { LeftEvent, RunStats, SandboxPolicy, StageStats } from "../pipeline/mod.ts";
export type { Completion, Invocation, TraceEvent } from "../trace/mod.ts";
export { matches, valueEqual } from "../value/mod.ts";
export { DeterministicClock, FixedFlowGenerator, type FlowTokens, type SeqClock, type World } from "../world/mod.ts";
export {
  attachCollect,
  makeCollectOnlyModule,
  makeTransformAndCollectModule,
  makeTransformOnlyModule,
} from "./attach_collect.ts";
export { CheckError } from "./check_error.ts";
export { makeModuleWithEdges, readModule, writeEdges } from "./edges_file.ts";
export type { ExecOptions } from "./exec_options.ts";
export { MergePlanBuilder, newMergePlan } from "./merge_plan_builder.ts";
export type { Edge, Module, ModuleCollect, ModulePipeline } from "./module.ts";
export {
  newEngineFromModule,
  type PipelineEngine,
  type PipelineResult,
  runPipelineWithStats,
} from "./pipeline_engine.ts";
export { type LivePipeline, runPipelineLive } from "./run_pipeline_live.ts";
export { tempDir } from "./temp_dir.ts";
export { testWorld } from "./test_world.ts";
