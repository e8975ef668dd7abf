// Scenario and fragment files (scenarios.md §7, §8): read with places, checked against their specs, fragments merged in and
// variables filled in; what is left is a case that can be run. Nothing is executed here.
//
// A variable of `vars` is known at load, one that a step captures only when that step has run. So a written value goes through
// up to four stages, each with a type of its own:
//
//   node        `YamlNode`: what the file says, with places. `Variables.put` replaces every `${x}` of `vars`, so that an arg
//               from a variable is checked with the type that it has; `${x}` of a captured variable stays as it is.
//   LateScalar  a text node with parts that only the run knows, as `"${order}"` or `"n-${order}"` of a captured order.
//               Load checks pass it by. Where it stands for a name (of an action, a case, a table), the whole step or
//               assertion is kept as it is written: `LateStep`, `LateAssertion`.
//   LateValue   what `readLate` makes of a node: a strict value, a captured variable, or a list, object or text with some
//               inside. A `ScenarioSpec` holds these, and so is plain data that can be sent to a thread.
//   filled      the `Strict` value that `fillIn` makes of a LateValue from what was captured so far; `settleStep` and
//               `settleAssertion` do the same for whole steps and assertions, with the checks that had to wait. A variable
//               that no step has captured yet is a `CaptureError`.
//
export { checkFragment } from "./check_fragment.ts";
export { CaptureError, fillFields, fillIn } from "./fill_in.ts";
export { goldenOrphans, rememberedOrphans } from "./golden_orphans.ts";
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
