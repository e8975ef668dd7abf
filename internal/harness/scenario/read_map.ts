import { isObject } from "../../value/mod.ts";
import { readEntries, type YamlMap, type YamlNode } from "../../yaml/mod.ts";
import { isLate } from "./late_scalar.ts";
import type { LateFields, LateValue } from "./late_value.ts";
import { isKnown, type ReadContext } from "./read_context.ts";
import { readLate } from "./read_late.ts";

/** A mapping whose keys are known when the file is loaded; E_KEY_TYPE. */
export function readMap(node: YamlNode, what: string, context: ReadContext): YamlMap | undefined {
  if (!isKnown(node, context)) return undefined;
  return readEntries(node, what, context.findings) !== undefined && node.kind === "map" ? node : undefined;
}

/** The entries of a mapping as late values; none, with findings, if one of them is not in the strict profile. */
export function readLateFields(node: YamlMap, { findings }: ReadContext): LateFields {
  const late = readLate(node, findings);
  if (late?.kind === "object") return late.entries;
  if (late?.kind !== "value" || !isObject(late.value)) return [];
  return Object.entries(late.value).map(([name, value]) => [name, { kind: "value", value }]);
}

/** A mapping, or a captured variable that will be one. `check` is given what is known of it. */
export function readLateMap(
  node: YamlNode | undefined,
  what: string,
  { findings }: ReadContext,
  check: (map: YamlMap) => void,
): LateValue | undefined {
  if (node === undefined) return undefined;
  if (isLate(node)) return readLate(node, findings);
  if (readEntries(node, what, findings) === undefined || node.kind !== "map") return undefined;
  check(node);
  return readLate(node, findings);
}
