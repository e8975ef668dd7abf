import type { GraphEdge, GraphNode, NodeKind, PipelineGraph } from "./graph.ts";
import { topologicalOrder } from "./graph_order.ts";
import { isSink, isSource, KIND_NAMES } from "./step_kind.ts";

/** How a node looks (cli.md, `plumb pipeline graph`). */
export type Shape = "oval" | "trapezium" | "diamond" | "box";

export interface DrawnNode {
  /** What output calls the step, `error/…` in the error pipeline. */
  readonly name: string;
  /** The kind as it is written, where the step's name is another. */
  readonly kindBelow: string | undefined;
  /** `error` is the source of an error pipeline. */
  readonly kind: NodeKind | "error";
  readonly shape: Shape;
}

/** An edge between nodes, given by their places in the drawing. */
export interface DrawnEdge {
  readonly from: number;
  readonly to: number;
  /** Undefined: from the unbounded source of an error pipeline. */
  readonly queue: GraphEdge | undefined;
}

/** What every rendering of a pipeline shows: nodes in topological order, edges in source order, the error pipeline last. */
export interface Drawing {
  readonly package: string;
  readonly unit: string;
  readonly name: string;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
}

/** Lays a pipeline out for the renderings. */
export function drawingOf(graph: PipelineGraph): Drawing {
  const nodes: DrawnNode[] = [];
  const edges: DrawnEdge[] = [];
  const main = place(graph, "", nodes);
  for (const edge of graph.edges) edges.push({ from: at(main, edge.from), to: at(main, edge.to), queue: edge });
  const { error } = graph;
  if (error !== undefined) {
    const source = nodes.push({ name: "error", kindBelow: undefined, kind: "error", shape: "oval" }) - 1;
    const places = place(error, "error/", nodes);
    const entered = new Set(error.edges.map(({ to }) => to));
    for (const first of error.nodes.keys()) {
      if (!entered.has(first)) edges.push({ from: source, to: at(places, first), queue: undefined });
    }
    for (const edge of error.edges) edges.push({ from: at(places, edge.from), to: at(places, edge.to), queue: edge });
  }
  return { package: graph.package, unit: graph.unit, name: graph.name, nodes, edges };
}

/** What is written beside an edge: `FIFO 2 dropOldest`. */
export function edgeLabel({ queue }: DrawnEdge): string {
  return queue === undefined ? "unbounded" : `${queue.queue} ${queue.maxCapacity} ${queue.policy}`;
}

/** Adds the nodes of a graph in topological order; the place of each, by its number. */
function place(graph: PipelineGraph, prefix: string, nodes: DrawnNode[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const number of topologicalOrder(graph.nodes.length, graph.edges)) {
    const node = graph.nodes[number];
    if (node !== undefined) places.set(number, nodes.push(drawnNode(node, prefix)) - 1);
  }
  return places;
}

function drawnNode({ name, label, kind }: GraphNode, prefix: string): DrawnNode {
  const kindName = KIND_NAMES[kind];
  const kindBelow = name === kindName ? undefined : kindName;
  return { name: prefix + label, kindBelow, kind, shape: shapeOf(kind) };
}

function shapeOf(kind: NodeKind): Shape {
  if (isSource(kind) || isSink(kind)) return "oval";
  if (kind === "collect") return "trapezium";
  return kind === "fanout" ? "diamond" : "box";
}

function at(places: ReadonlyMap<number, number>, number: number): number {
  return places.get(number) ?? 0;
}
