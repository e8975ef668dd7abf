// Runs the cases of scenarios on in-memory event logs of their own and judges what came of them (scenarios.md §7, §8, §10):
// steps, expectations, stubs and assumptions, assertions, golden files. `run` and `Harness` are for contributors' tests (§9).

export { flowRunner, runsFlows } from "./flow_runner.ts";
export type { FlowRunner } from "./flow_world.ts";
export { Harness, run } from "./harness.ts";
export { type Judgement, judgeScenario } from "./judge_scenario.ts";
export { LoadError } from "./load_error.ts";
export { RunTrace } from "./run_trace.ts";
export { HANDLER_MS, ScenarioRun } from "./scenario_run.ts";
export type {
  ExpectClause,
  FlowStep,
  Result,
  Scenario,
  ScenarioValue,
  SetupStep,
} from "./scenario_types.ts";
export type { HarnessOptions } from "./session.ts";
