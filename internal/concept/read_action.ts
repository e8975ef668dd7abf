import {
  keysOf,
  readEntries,
  readFields,
  readItems,
  readText,
  type YamlEntry,
  type YamlFindings,
  type YamlNode,
} from "../yaml/mod.ts";
import type { SqlText } from "./check_snippet.ts";
import type { Field } from "./concept.ts";
import { ActionSchema, OutputSchema } from "./concept_schema.ts";
import { checkName } from "./names.ts";
import { readTypes } from "./read_fields.ts";

/** An action as it is written, its SQL not yet checked: that needs all tables. */
export interface ActionText {
  readonly name: string;
  readonly keyStart: number;
  readonly args: readonly Field[];
  readonly requires: readonly string[];
  readonly outputs: readonly OutputText[];
  /** Whether any output has `when`, `effects` or `result`. */
  readonly isDeclarative: boolean;
}

export interface OutputText {
  readonly case: string;
  readonly start: number;
  readonly fields: readonly Field[];
  readonly hasWhen: boolean;
  readonly when: SqlText | undefined;
  readonly effects: readonly SqlText[];
  /** Where `result` stands. */
  readonly resultStart: number | undefined;
  readonly result: readonly { readonly name: string; readonly keyStart: number; readonly sql: SqlText | undefined }[];
}

/** One entry of `actions:` (scenarios.md §3). */
export function readAction({ key: name, keyStart, value }: YamlEntry, findings: YamlFindings): ActionText | undefined {
  const isNamed = checkName(name, "action", keyStart, findings);
  const fields = readFields(value, `the action ${name}`, keysOf(ActionSchema), findings);
  if (fields === undefined) return undefined;
  const args = readTypes(fields.get("args"), `the args of ${name}`, "arg", findings);
  const requires = readTexts(fields.get("requires"), `requires of ${name}`, findings);
  const node = fields.get("outputs");
  const items = node === undefined ? [] : (readItems(node, `the outputs of ${name}`, findings) ?? []);
  if (node?.kind === "list" && items.length === 0) {
    findings.add("E_KEY_TYPE", `the outputs of ${name} must be a list that is not empty`, node);
  }
  const outputs = items.flatMap((item) => readOutput(item, name, findings) ?? []);
  checkCases(name, outputs, findings);
  const isDeclarative = items.some(
    (item) => item.kind === "map" && item.entries.some(({ key }) => ["when", "effects", "result"].includes(key)),
  );
  return isNamed ? { name, keyStart, args, requires, outputs, isDeclarative } : undefined;
}

function readOutput(node: YamlNode, action: string, findings: YamlFindings): OutputText | undefined {
  const found = readFields(node, `an output of ${action}`, keysOf(OutputSchema), findings);
  if (found === undefined) return undefined;
  const caseNode = found.get("case");
  const name = caseNode && readText(caseNode, "a case", findings);
  const isNamed = name !== undefined && checkName(name.value, "case", name.start, findings);
  const label = name?.value ?? "the output";
  const when = found.get("when");
  const effects = found.get("effects");
  const result = found.get("result");
  const output: OutputText = {
    case: name?.value ?? "",
    start: name?.start ?? found.start,
    fields: readTypes(found.get("fields"), `the fields of ${label}`, "field", findings),
    hasWhen: when !== undefined,
    when: when && readSql(when, `when of ${label}`, "expression", findings),
    effects: (effects === undefined ? [] : (readItems(effects, `the effects of ${label}`, findings) ?? [])).flatMap(
      (item) => readSql(item, `an effect of ${label}`, "effect", findings) ?? [],
    ),
    resultStart: result && found.keyStart("result"),
    result: (result === undefined ? [] : (readEntries(result, `the result of ${label}`, findings) ?? [])).map(
      (entry) => ({
        name: entry.key,
        keyStart: entry.keyStart,
        sql: readSql(entry.value, `the result ${entry.key}`, "expression", findings),
      }),
    ),
  };
  return isNamed ? output : undefined;
}

function readSql(node: YamlNode, what: string, kind: SqlText["kind"], findings: YamlFindings): SqlText | undefined {
  const text = readText(node, what, findings);
  return text && { kind, node: text };
}

function readTexts(node: YamlNode | undefined, what: string, findings: YamlFindings): readonly string[] {
  const items = node === undefined ? [] : (readItems(node, what, findings) ?? []);
  return items.flatMap((item) => readText(item, `an item of ${what}`, findings)?.value ?? []);
}

function checkCases(action: string, outputs: readonly OutputText[], findings: YamlFindings): void {
  const seen = new Set<string>();
  for (const output of outputs) {
    if (seen.has(output.case)) {
      findings.add("E_SPEC_DUPLICATE", `the action ${action} has the case ${output.case} twice`, output.start);
    }
    seen.add(output.case);
  }
}
