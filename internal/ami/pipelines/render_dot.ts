import { printable } from "../../diag/mod.ts";
import { type DrawnNode, drawingOf, edgeLabel } from "./drawing.ts";
import type { PipelineGraph } from "./graph.ts";

/** Pipelines as Graphviz digraphs (cli.md, `plumb pipeline graph`). */
export function renderDot(graphs: readonly PipelineGraph[]): string {
  return graphs.map(renderOne).join("\n");
}

function renderOne(graph: PipelineGraph): string {
  const { nodes, edges, ...drawing } = drawingOf(graph);
  const id = (place: number): string => quoted(nodes[place]?.name ?? "");
  return [
    `digraph ${quoted(`${drawing.package}.${drawing.name}`)} {`,
    "  rankdir=LR;",
    ...nodes.map((node) => `  ${quoted(node.name)} [${attributes(node)}];`),
    ...edges.map((edge) => `  ${id(edge.from)} -> ${id(edge.to)} [label=${quoted(edgeLabel(edge))}];`),
    "}\n",
  ].join("\n");
}

function attributes({ name, kindBelow, shape }: DrawnNode): string {
  // \n in a label is Graphviz's own escape for a line end, so it must not be escaped again.
  return kindBelow === undefined ? `shape=${shape}` : `shape=${shape},label="${escaped(name)}\\n${kindBelow}"`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return printable(text).replace(/["\\]/g, "\\$&");
}
