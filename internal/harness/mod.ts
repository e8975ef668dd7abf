// Runs cases and says what became of them: one stream of test.v1 records in a fixed order, from which every report is
// folded.
//
// Isolation: every case has a world, a registry of stores and scratch copies of its writable fixtures of its own; cases
// share nothing but the stores that their file declares `share=file`, and those run one after the other. A case of a scenario has
// an event log of its own in memory, copied from a template.
// Determinism: a case sees virtual time from 0 and chance seeded by its stable id, never the machine's clock; wall time
// stands only in `timestamp` and `duration_ms` of test.v1 records. Output is in stable order whatever `parallel` is.
// What `expect_output` compares: the payloads that left the run, as JSON values (numbers by value, objects without
// order, arrays with), never ids, times or statistics. What `expect` of a step compares: its own completion, which is never copied
// from it. The trace is the contract: assertions and golden files read it, byte for byte the same in every run.

export { PathError } from "./discover.ts";
export { readKnownFailing } from "./known_failing.ts";
export type { ArtifactOptions, KnownGlob, TestOptions } from "./options.ts";
export type { CaseOutcome } from "./outcome.ts";
export { type Plan, type PlannedCase, planTests } from "./plan.ts";
export { pragmaHelp, readTestFile } from "./pragma/mod.ts";
export * from "./records.ts";
export { type Interrupted, runTests } from "./run_tests.ts";
export {
  checkFragment,
  FragmentSchema,
  isFragmentFile,
  isScenarioFile,
  loadScenario,
  rememberedOrphans,
  type ScenarioFile,
  ScenarioSchema,
  SpecSets,
} from "./scenario/mod.ts";
export {
  type ExpectClause,
  type FlowStep,
  Harness,
  type HarnessOptions,
  judgeScenario,
  LoadError,
  type Result,
  run,
  type Scenario,
  ScenarioRun,
  type ScenarioValue,
  type SetupStep,
} from "./scenario_run/mod.ts";
export { type TestSink, testStart } from "./stream.ts";
