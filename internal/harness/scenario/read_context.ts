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
  /** Told when something other than a value hangs on what a step captures: the name of an action, a number. */
  readonly unknowns: { isMet: boolean };
}

export function placeOf({ start }: { readonly start: number }, { findings }: Pick<ReadContext, "findings">): At {
  return { file: findings.file, pos: findings.source.position(start) };
}

/** A text that is no value but a name; undefined, without a finding, if only the run knows it. */
export function readName(node: YamlNode, what: string, context: ReadContext): Text | undefined {
  return isKnown(node, context) ? readText(node, what, context.findings) : undefined;
}

/** Whether what stands there is known when the file is loaded. */
export function isKnown(node: YamlNode, { unknowns }: ReadContext): boolean {
  if (!isLate(node)) return true;
  if (node.late !== "unknown") unknowns.isMet = true;
  return false;
}
