import { didYouMean } from "../../diag/mod.ts";
import { type Fields, keysOf, readInt, readText, type YamlFindings } from "../../yaml/mod.ts";
import { readDescription } from "./read_description.ts";
import { type GoldenChoice, readGolden } from "./read_golden.ts";
import { ScenarioSchema } from "./scenario_schema.ts";
import type { ScenarioSpec } from "./scenario_spec.ts";
import type { Text } from "./spec_names.ts";

/** The keys of a scenario, each `true` if it must be there (scenarios.md §7). */
export const SCENARIO_KEYS = keysOf(ScenarioSchema);
export type ScenarioKey = keyof typeof SCENARIO_KEYS;

/** What a scenario says of itself and of how it runs, the same for all its cases (scenarios.md §7). */
export interface Settings extends Pick<ScenarioSpec, "unimplemented" | "maxSteps" | "timeoutMs"> {
  readonly name: Text | undefined;
  readonly golden: GoldenChoice;
  /** Where `golden` stands; undefined: it is left out. */
  readonly goldenStart: number | undefined;
}

const MAX_STEPS = 1000;
const UNIMPLEMENTED = ["error", "assume"] as const;

export function readSettings(fields: Fields<ScenarioKey>, findings: YamlFindings): Settings {
  const nameNode = fields.get("name");
  const name = nameNode && readText(nameNode, "name", findings);
  if (name !== undefined && /[\n\r]/.test(name.value)) {
    findings.add("E_KEY_TYPE", "name must be a text of one line", name);
  }
  const description = fields.get("description");
  if (description !== undefined) readDescription(description, findings);
  const int = (key: "max_steps" | "timeout_ms") => {
    const node = fields.get(key);
    return node && readInt(node, key, 1, findings);
  };
  const goldenNode = fields.get("golden");
  return {
    name,
    unimplemented: readUnimplemented(fields, findings),
    maxSteps: int("max_steps") ?? MAX_STEPS,
    timeoutMs: int("timeout_ms"),
    golden: readGolden(goldenNode, fields.get("cases") !== undefined, findings),
    goldenStart: goldenNode?.start,
  };
}

function readUnimplemented(fields: Fields<ScenarioKey>, findings: YamlFindings): ScenarioSpec["unimplemented"] {
  const node = fields.get("unimplemented");
  const text = node && readText(node, "unimplemented", findings);
  const known = UNIMPLEMENTED.find((choice) => choice === text?.value);
  if (text !== undefined && known === undefined) {
    const message = `unimplemented must be error or assume, found ${JSON.stringify(text.value)}`;
    findings.add("E_KEY_TYPE", message, text, { help: didYouMean(text.value, UNIMPLEMENTED) });
  }
  return known ?? "error";
}
