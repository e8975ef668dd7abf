import { readText, type YamlFindings, type YamlNode } from "../../yaml/mod.ts";

/** A description is for readers of the file; it may be empty. */
export function readDescription(node: YamlNode, findings: YamlFindings): void {
  if (node.kind !== "scalar" || node.value !== "") readText(node, "description", findings);
}
