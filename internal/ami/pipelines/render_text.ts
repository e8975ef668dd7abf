import { printable } from "../../diag/mod.ts";
import { drawingOf, edgeLabel } from "./drawing.ts";
import type { PipelineGraph } from "./graph.ts";

/** Pipelines as text, one line an edge (cli.md, `plumb pipeline graph`). */
export function renderText(graphs: readonly PipelineGraph[]): string {
  return graphs.map(renderOne).join("\n");
}

function renderOne(graph: PipelineGraph): string {
  const { nodes, edges, ...drawing } = drawingOf(graph);
  const name = (place: number): string => printable(nodes[place]?.name ?? "");
  const lines = edges.map((edge) => `  ${name(edge.from)} -> ${name(edge.to)}  ${edgeLabel(edge)}\n`);
  return `pipeline ${printable(`${drawing.package}.${drawing.name}`)}\n${lines.join("")}`;
}
