import type { Action, Output } from "../../concept/mod.ts";
import { didYouMean } from "../../diag/mod.ts";
import type { YamlFindings, YamlMap } from "../../yaml/mod.ts";

/** The names of the fields that a result may have: those of a case, or of all cases of an action. */
export function fieldNames(action: Action | undefined, output: Output | undefined): readonly string[] | undefined {
  const outputs = output === undefined ? action?.outputs : [output];
  return outputs && [...new Set(outputs.flatMap(({ fields }) => fields.map(({ name }) => name)))];
}

const CODES = {
  field: "E_SCN_FIELD_UNKNOWN",
  variable: "E_SCN_FIELD_UNKNOWN",
  column: "E_SCN_COLUMN_UNKNOWN",
} as const;

/**
 * E_SCN_FIELD_UNKNOWN, E_SCN_COLUMN_UNKNOWN: a mapping names what is not declared (scenarios.md §7).
 *
 * @param known undefined: not known, so that nothing can be said
 * @param whose as a message calls that which declares it
 */
export function checkFields(
  map: YamlMap | undefined,
  known: readonly string[] | undefined,
  whose: string,
  findings: YamlFindings,
  what: keyof typeof CODES = "field",
): void {
  if (known === undefined) return;
  for (const { key: name, keyStart } of map?.entries ?? []) {
    if (known.includes(name)) continue;
    const there = known.length === 0 ? "there are none" : `there are ${known.join(", ")}`;
    const message = `${whose} has no ${what} ${name}; ${there}`;
    findings.add(CODES[what], message, keyStart, { help: didYouMean(name, known) });
  }
}
