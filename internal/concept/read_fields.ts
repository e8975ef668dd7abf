import { didYouMean } from "../diag/mod.ts";
import { readEntries, readText, type YamlFindings, type YamlNode } from "../yaml/mod.ts";
import type { Field } from "./concept.ts";
import { checkName } from "./names.ts";
import { parseType, TYPE_NAMES, whyNoType } from "./spec_type.ts";

/** `{name: type}` of args, fields or columns; what is wrong is left out. */
export function readTypes(
  node: YamlNode | undefined,
  what: string,
  named: "arg" | "field" | "column",
  findings: YamlFindings,
): readonly Field[] {
  const entries = node === undefined ? [] : (readEntries(node, what, findings) ?? []);
  return entries.flatMap(({ key: name, keyStart, value }): readonly Field[] => {
    const isNamed = checkName(name, named, keyStart, findings);
    // Unquoted, YAML's null, and yet meant as the name of a type.
    const isNull = value.kind === "scalar" && value.value === null && value.literal === "null";
    const text = isNull ? { ...value, value: "null" } : readText(value, `the type of ${name}`, findings);
    if (text === undefined) return [];
    const type = parseType(text.value);
    if (type === undefined) {
      const why = whyNoType(text.value) ?? "there are string, int, bool, array, object and list<T>";
      const help = didYouMean(text.value, TYPE_NAMES);
      findings.add("E_SPEC_TYPE", `${JSON.stringify(text.value)} is no type: ${why}`, text, { help });
    }
    return isNamed && type !== undefined ? [{ name, type }] : [];
  });
}
