import { strictValue, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { isLate, type LateParts } from "./late_scalar.ts";
import type { LateValue } from "./late_value.ts";

/** A node as a value of the strict profile in which captured variables are still to be put in; undefined, with E_VALUE_…. */
export function readLate(node: YamlNode, findings: YamlFindings, path = "$"): LateValue | undefined {
  // A late text is looked at as it is written: what is wrong with its own characters is found.
  const value = strictValue(node, findings, path);
  if (value === undefined) return undefined;
  return holdsLate(node) ? lateOf(node, findings) : { kind: "value", value };
}

function holdsLate(node: YamlNode): boolean {
  if (node.kind === "list") return node.items.some(holdsLate);
  return node.kind === "map" ? node.entries.some(({ value }) => holdsLate(value)) : isLate(node);
}

/** Of a node that is in the profile. */
function lateOf(node: YamlNode, findings: YamlFindings): LateValue {
  if (isLate(node)) return lateText(node.late);
  if (!holdsLate(node)) return { kind: "value", value: strictValue(node, findings) ?? "" };
  if (node.kind === "list") return { kind: "array", items: node.items.map((item) => lateOf(item, findings)) };
  const entries = node.kind === "map" ? node.entries : [];
  return { kind: "object", entries: entries.map(({ key, value }) => [key.normalize("NFC"), lateOf(value, findings)]) };
}

/** What a late text stands for. */
export function lateText(late: LateParts): LateValue {
  if (late === "unknown") return { kind: "value", value: "" };
  const [first] = late;
  if (late.length === 1 && typeof first === "object") return { kind: "variable", name: first.variable };
  return { kind: "text", parts: late };
}
