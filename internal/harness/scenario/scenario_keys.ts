import { PART_KEYS } from "./parts.ts";

/** The keys of a scenario, each `true` if it must be there (scenarios.md §7). */
export const SCENARIO_KEYS = {
  ...PART_KEYS,
  name: true,
  description: false,
  flow_token: false,
  unimplemented: false,
  max_steps: false,
  timeout_ms: false,
  golden: false,
  flow: true,
  cases: false,
};
export type ScenarioKey = keyof typeof SCENARIO_KEYS;
