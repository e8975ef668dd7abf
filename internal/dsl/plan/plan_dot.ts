import type { Plan, PlanEdge, PlanNode } from "./plan_flow.ts";

/** A plan as a Graphviz digraph (flows §8). */
export function planDot({ workflow, nodes, edges }: Plan): string {
  return `${[`digraph ${quoted(workflow)} {`, ...nodes.map(nodeLine), ...edges.map(edgeLine), "}"].join("\n")}\n`;
}

function nodeLine({ id, type, label, target }: PlanNode): string {
  const lines = type === "condition" ? [label, "[condition]"] : [id, target ?? ""];
  return `  ${quoted(id)} [label="${lines.map(escaped).join("\\n")}"];`;
}

function edgeLine({ from, to, label }: PlanEdge): string {
  return `  ${quoted(from)} -> ${quoted(to)}${label === null ? "" : ` [label=${quoted(label)}]`};`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text.replace(/[\\"]/g, "\\$&");
}
