import type { YamlNode } from "./yaml_node.ts";

const SHOWN = 60;

/** What a message says of a node that was found: `"x"`, `3`, `nothing`, `a list`, `a mapping`. */
export function shownNode(node: YamlNode): string {
  if (node.kind === "list") return "a list";
  if (node.kind === "map") return "a mapping";
  if (node.value === null) return "nothing";
  const text = typeof node.value === "string" ? JSON.stringify(node.value) : node.literal || String(node.value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}
