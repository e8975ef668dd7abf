// What the package exports as `plumb`: what people write against. For their modules that are the types of TypeScript workers
// (pipelines §4) and of handlers (scenarios §3), which get everything they need at run time with their context; for their own tests it is running scenarios, and
// what these stand on: values, ids, the event log, the engine (scenarios.md §9). Of flows it is the toolchain in memory, policies and
// templates, and running compiled flows, with the types of plugins and engines of one's own (flows §11, §19). Builders for tests are `plumb/testutil`.
export type { RuntimeConfig } from "../config/mod.ts";
export { type CheckExecutorOptions, type CheckRecord, checkExecutor } from "../conformance/mod.ts";
export {
  type CompileDslOptions,
  type CompiledDsl,
  compileDsl,
  DslError,
  type DslText,
  type Expectations,
  type GeneratedCase,
  type Issue,
  lintDsl,
  type Plan,
  planDsl,
  testgenDsl,
} from "../dsl/mod.ts";
export {
  type Engine,
  type EngineRun,
  type Plugin,
  type PluginContext,
  type PluginStep,
  type RunIrFlowOptions,
  type RunRequest,
  runIrFlow,
} from "../engine/mod.ts";
export {
  FlowInputError,
  type RunError,
  type RunEvent,
  type RunResult,
  type RunState,
  resolveTemplate,
} from "../flow/mod.ts";
export {
  type ExpectClause,
  type FlowStep,
  Harness,
  type HarnessOptions,
  LoadError,
  type Result,
  run,
  type Scenario,
  type ScenarioValue,
  type SetupStep,
} from "../harness/mod.ts";
export { type EvaluatePolicyOptions, evaluatePolicy, PolicyError, type PolicyOutcome } from "../policy/mod.ts";
export { openStore, type Store } from "../store/mod.ts";
export { SyncEngine } from "../sync/mod.ts";
export type { Completion, Invocation, TraceEvent } from "../trace/mod.ts";
export { completionId, invocationId, type Json, matches, type Strict, valueEqual } from "../value/mod.ts";
export { DeterministicClock, FixedFlowGenerator, type FlowTokens, type SeqClock } from "../world/mod.ts";
export type {
  Handler,
  HandlerAnswer,
  HandlerContext,
  HandlerDb,
  HandlerParams,
  HandlerRow,
  HandlerValue,
} from "./handler_types.ts";
export type { WorkerContext, WorkerError, WorkerEvent, WorkerFunction, WorkerState } from "./worker_types.ts";
