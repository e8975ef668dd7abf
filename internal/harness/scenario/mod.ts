// Scenario and fragment files (scenarios.md §7, §8): read with places, checked against their specs, fragments merged in and
// variables filled in; what is left is a case that can be run. Nothing is executed here.
export { checkFragment } from "./check_fragment.ts";
export { CaptureError, fillFields, fillIn } from "./fill_in.ts";
export { goldenOrphans } from "./golden_orphans.ts";
export type { LateFields, LateValue } from "./late_value.ts";
export { loadScenario, type ScenarioFile } from "./load_scenario.ts";
export type { ScenarioOptions } from "./read_scenario.ts";
export { isFragmentFile, isScenarioFile } from "./scenario_name.ts";
export { scenarioOf } from "./scenario_of.ts";
export { FragmentSchema, ScenarioSchema } from "./scenario_schema.ts";
export type {
  Assertion,
  AssertionType,
  At,
  Capture,
  Expectation,
  ExpectedRun,
  Golden,
  InvokeStep,
  LateAssertion,
  LateStep,
  RunStep,
  ScenarioSpec,
  Stub,
} from "./scenario_spec.ts";
export { settleAssertion, settleStep, settleValue } from "./settle.ts";
export { SpecSets } from "./spec_sets.ts";
