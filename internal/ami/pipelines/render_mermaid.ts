import { printable } from "../../diag/mod.ts";
import { type DrawnNode, drawingOf, edgeLabel, type Shape } from "./drawing.ts";
import type { PipelineGraph } from "./graph.ts";

const BRACKETS: Readonly<Record<Shape, readonly [open: string, close: string]>> = {
  oval: ["([", "])"],
  trapezium: ["[/", "/]"],
  diamond: ["{", "}"],
  box: ["[", "]"],
};

/** Texts that mermaid takes as they are; all others need quotes. */
const PLAIN = /^[\p{L}\p{Nd}_.#/]+$/u;

/** Pipelines as mermaid flowcharts (cli.md, `plumb pipeline graph`). */
export function renderMermaid(graphs: readonly PipelineGraph[]): string {
  return graphs.map(renderOne).join("\n");
}

function renderOne(graph: PipelineGraph): string {
  const { nodes, edges } = drawingOf(graph);
  return [
    "flowchart LR",
    ...nodes.map((node, place) => `  n${place}${drawn(node)}`),
    ...edges.map((edge) => `  n${edge.from} -->|${edgeLabel(edge)}| n${edge.to}`),
    "",
  ].join("\n");
}

function drawn({ name, kindBelow, shape }: DrawnNode): string {
  const [open, close] = BRACKETS[shape];
  const text = escaped(name);
  if (kindBelow !== undefined) return `${open}"${text}<br/>${kindBelow}"${close}`;
  return PLAIN.test(name) ? `${open}${name}${close}` : `${open}"${text}"${close}`;
}

/** Inside of quotes mermaid reads HTML and `#…;` entities. The `#` of a name stays: no `;` can follow it. */
function escaped(text: string): string {
  return printable(text).replace(/["<>&;]/g, (character) => `#${character.codePointAt(0)};`);
}
