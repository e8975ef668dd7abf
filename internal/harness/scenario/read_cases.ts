import { keysOf, readFields, readItems, readText, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { readDescription } from "./read_description.ts";
import { readVars } from "./read_vars.ts";
import { CaseSchema } from "./scenario_schema.ts";
import type { Variable } from "./variables.ts";

/** An entry of `cases`. */
export interface Case {
  readonly name: string;
  readonly at: { readonly start: number };
  readonly vars: ReadonlyMap<string, Variable>;
}

const NAME = /^[A-Za-z0-9_.-]+$/;

/** `cases` (scenarios.md §7): E_SCN_CASE_DUPLICATE; undefined where there is no such key. */
export function readCases(node: YamlNode | undefined, findings: YamlFindings): readonly Case[] | undefined {
  if (node === undefined) return undefined;
  const items = readItems(node, "cases", findings) ?? [];
  if (node.kind === "list" && items.length === 0) {
    findings.add("E_KEY_TYPE", "cases must not be empty; without the key the scenario is one case", node);
  }
  const names = new Set<string>();
  return items.flatMap((item) => {
    const fields = readFields(item, "a case", keysOf(CaseSchema), findings);
    if (fields === undefined) return [];
    const description = fields.get("description");
    if (description !== undefined) readDescription(description, findings);
    const vars = readVars(fields.get("vars"), findings);
    const nameNode = fields.get("name");
    const name = nameNode && readText(nameNode, "the name of a case", findings);
    if (name === undefined) return [];
    if (!NAME.test(name.value)) {
      const message = `the name of a case must match ${NAME.source.slice(1, -1)}, found ${JSON.stringify(name.value)}`;
      findings.add("E_KEY_TYPE", message, name);
    } else if (names.has(name.value)) {
      findings.add("E_SCN_CASE_DUPLICATE", `there is a case ${name.value} already`, name);
    }
    names.add(name.value);
    return [{ name: name.value, at: name, vars }];
  });
}
