// Runs the cases of scenarios on in-memory event logs of their own and judges what came of them (scenarios.md §7, §8, §10):
// steps, expectations, stubs and assumptions, assertions, golden files.
export { type Judgement, judgeScenario } from "./judge_scenario.ts";
export { RunTrace } from "./run_trace.ts";
export { type RunOptions, ScenarioRun } from "./scenario_run.ts";
export { type Row, stateRows } from "./state_rows.ts";
