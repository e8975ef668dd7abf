import { basename } from "node:path";

const SCENARIO = ".scenario.yaml";
const FRAGMENT = ".fragment.yaml";

/** Whether a file is a scenario by its name (scenarios.md §7). */
export function isScenarioFile(path: string): boolean {
  return path.endsWith(SCENARIO);
}

export function isFragmentFile(path: string): boolean {
  return path.endsWith(FRAGMENT);
}

/** What golden files of a scenario are named after (scenarios.md §10). */
export function scenarioStem(path: string): string {
  return basename(path, SCENARIO);
}
