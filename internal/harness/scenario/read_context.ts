import { readText, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { isLate } from "./late_scalar.ts";
import type { At } from "./scenario_spec.ts";
import type { SpecNames, Text } from "./spec_names.ts";
import type { Variables } from "./variables.ts";

/** What the readers of the parts of a file share; a fragment has one of its own. */
export interface ReadContext {
  readonly names: SpecNames;
  readonly variables: Variables;
  readonly findings: YamlFindings;
}

export function placeOf({ start }: { readonly start: number }, { findings }: Pick<ReadContext, "findings">): At {
  return { file: findings.file, pos: findings.source.position(start) };
}

/** A text that must be known when the file is loaded; a captured variable in it is E_SCN_VAR. */
export function readName(node: YamlNode, what: string, { findings }: Pick<ReadContext, "findings">): Text | undefined {
  return isKnown(node, what, findings) ? readText(node, what, findings) : undefined;
}

/** Whether what stands there is known when the file is loaded. */
export function isKnown(node: YamlNode, what: string, findings: YamlFindings): boolean {
  if (!isLate(node)) return true;
  if (node.late !== "unknown") {
    const message = `${what} must be known before anything runs, ${node.value} is captured by a step`;
    findings.add("E_SCN_VAR", message, node);
  }
  return false;
}
