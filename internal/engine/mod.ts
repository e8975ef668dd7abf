// What executes flows (flows §10, §11, §13): the interface of all engines, engine local with its step providers (mocks, plugins,
// policies, http), engine proc, which asks an executor, and the trace of a run.
export { compareRuns, type RunComparison } from "./compare_runs.ts";
export { ENGINE_NAMES, type Engine, type EngineName, type EngineRun, type RunRequest } from "./engine.ts";
export type { EngineSetup } from "./engine_setup.ts";
export { executorEnvironment } from "./executor_environment.ts";
export type { ExecutorSetup } from "./executor_setup.ts";
export { type FoundKinds, judgeKinds, NO_KINDS, type PluginModule } from "./judge_kinds.ts";
export { loadMocks, loadMocksDocument } from "./load_mocks.ts";
export { loadPlugins } from "./load_plugins.ts";
export { loadProcessEngine } from "./load_process_engine.ts";
export { LocalEngine, type LocalEngineOptions } from "./local_engine.ts";
export { MocksSchema } from "./mock_document.ts";
export { Mocks } from "./mocks.ts";
export { openEngine } from "./open_engine.ts";
export type { Plugin, PluginContext, PluginStep } from "./plugin.ts";
export { pluginFailure, pluginResult } from "./plugin_result.ts";
export { pluginSteps } from "./plugin_steps.ts";
export { POLICY_APPLY, policyDocument } from "./policy_steps.ts";
export type { ProcessEngine } from "./process_engine.ts";
export { readMocks } from "./read_mocks.ts";
export { capabilitiesMismatch, type MissingKind, missingKinds, refused } from "./refusal.ts";
export { runRng } from "./run_draws.ts";
export { type RunIrFlowOptions, runIrFlow } from "./run_ir_flow.ts";
export { type RunTime, realRunTime, virtualRunTime } from "./run_time.ts";
export { runTrace } from "./run_trace.ts";
export type {
  LateAnswer,
  Performer,
  RunContext,
  StepAnswer,
  StepCall,
  StepFailure,
  StepProvider,
} from "./step_provider.ts";
export { stepFailure } from "./step_provider.ts";
