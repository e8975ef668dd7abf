import { type Action, parseSteps, typeBelow, typeName } from "../../concept/mod.ts";
import { didYouMean } from "../../diag/mod.ts";
import { readEntries, type YamlEntry, type YamlNode } from "../../yaml/mod.ts";
import { fieldNames } from "./check_fields.ts";
import { placeOf, type ReadContext, readName } from "./read_context.ts";
import type { Capture } from "./scenario_spec.ts";
import type { Text } from "./spec_names.ts";
import { isVariableName } from "./template_text.ts";

/**
 * `capture` of a step: `{variable: output.path}` (scenarios.md §7). Paths are those of syncs (§4): `output.x`, `result.x` or
 * `x`, with `.name` and `[0]` steps behind it.
 *
 * @param caseName that the step expects; undefined: any
 */
export function readCaptures(
  node: YamlNode | undefined,
  action: Action | undefined,
  caseName: string | undefined,
  context: ReadContext,
): readonly Capture[] {
  const entries = node === undefined ? [] : (readEntries(node, "capture", context.findings) ?? []);
  return entries.flatMap((entry) => readCapture(entry, action, caseName, context) ?? []);
}

function readCapture(
  { key: variable, keyStart, value }: YamlEntry,
  action: Action | undefined,
  caseName: string | undefined,
  context: ReadContext,
): Capture | undefined {
  const { findings } = context;
  if (!isVariableName(variable)) {
    const message = `${JSON.stringify(variable)} is no name of a variable; it must match [A-Za-z_][A-Za-z0-9_]*`;
    findings.add("E_SPEC_NAME", message, keyStart);
    return undefined;
  }
  const path = readName(value, `the path of ${variable}`, context);
  const steps = path && stepsOf(path, context);
  if (path === undefined || steps === undefined) return undefined;
  const output = action?.outputs.find((declared) => declared.case === caseName);
  const [name = ""] = steps;
  const known = fieldNames(action, output);
  if (known !== undefined && !known.includes(String(name))) {
    const whose = output === undefined ? `no case of ${action?.uri}` : `the case ${output.case} of ${action?.uri}`;
    const help = didYouMean(String(name), known);
    const message = `${whose} has ${output === undefined ? "a" : "no"} field ${name}`;
    findings.add("E_SCN_FIELD_UNKNOWN", message, path, { help: help && `output.${help}` });
  } else checkDeeper(path, steps, action, output?.case, context);
  return { variable, path: path.value, steps, ...placeOf(path, context) };
}

function stepsOf(path: Text, { findings }: ReadContext): readonly (string | number)[] | undefined {
  const steps = parseSteps(path.value);
  const [root, next] = steps ?? [];
  if (steps === undefined || (root === "args" && next !== undefined)) {
    const message = `${JSON.stringify(path.value)} is no path into the output; write output.x, with .name and [0] steps behind it`;
    findings.add("E_SCN_CAPTURE", message, path);
    return undefined;
  }
  return (root === "output" || root === "result") && typeof next === "string" ? steps.slice(1) : steps;
}

/** A path into a value that has nothing inside, in every case that has the field. */
function checkDeeper(
  path: Text,
  [name, ...deeper]: readonly (string | number)[],
  action: Action | undefined,
  caseName: string | undefined,
  { findings }: ReadContext,
): void {
  const outputs = (action?.outputs ?? []).filter((output) => caseName === undefined || output.case === caseName);
  const types = outputs.flatMap(({ fields }) => fields.filter((field) => field.name === name)).map(({ type }) => type);
  const [first] = types;
  if (first === undefined || types.some((type) => typeBelow(type, deeper) !== "none")) return;
  findings.add("E_SCN_CAPTURE", `${path.value} leads nowhere: ${name} is ${typeName(first)}`, path);
}
