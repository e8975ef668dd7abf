import { readEntries, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { isVariableName } from "./template_text.ts";
import type { Variable } from "./variables.ts";

/** `vars` of a scenario, a case or a fragment: names and values as they are written (scenarios.md §7). */
export function readVars(node: YamlNode | undefined, findings: YamlFindings): ReadonlyMap<string, Variable> {
  const entries = node === undefined ? [] : (readEntries(node, "vars", findings) ?? []);
  const vars = new Map<string, Variable>();
  for (const { key: name, keyStart, value } of entries) {
    if (isVariableName(name)) vars.set(name, { node: value, from: findings.placeText(value.start) });
    else {
      const message = `${JSON.stringify(name)} is no name of a variable; it must match [A-Za-z_][A-Za-z0-9_]*`;
      findings.add("E_SPEC_NAME", message, keyStart);
    }
  }
  return vars;
}
