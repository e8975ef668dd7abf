import * as v from "valibot";
import { deliveryOf } from "./delivery.ts";
import { type DrawnEdge, drawingOf } from "./drawing.ts";
import type { PipelineGraph } from "./graph.ts";

const Attributes = v.strictObject({
  backpressure: v.exactOptional(v.string()),
  bounded: v.boolean(),
  delivery: v.exactOptional(v.string()),
  maxCapacity: v.exactOptional(v.number()),
  minCapacity: v.exactOptional(v.number()),
  queue: v.exactOptional(v.literal("LIFO")),
});

/** graph.v1 (cli.md, `plumb pipeline graph`): a pipeline with its nodes in topological order. Keys stand in this order. */
export const GraphSchema = v.strictObject({
  schema: v.literal("graph.v1"),
  package: v.string(),
  unit: v.string(),
  name: v.string(),
  nodes: v.array(v.strictObject({ id: v.string(), kind: v.string(), label: v.string() })),
  edges: v.array(v.strictObject({ from: v.string(), to: v.string(), attrs: Attributes })),
});
export type GraphDocument = v.InferOutput<typeof GraphSchema>;

/** graph.batch.v1: the last line behind the graphs of a file. */
export const GraphBatchSchema = v.strictObject({
  count: v.number(),
  schema: v.literal("graph.batch.v1"),
  type: v.literal("summary"),
});

/** The graph.v1 document of a pipeline, the error pipeline's nodes behind its own. */
export function graphDocument(graph: PipelineGraph): GraphDocument {
  const { nodes, edges, ...drawing } = drawingOf(graph);
  const id = (place: number): string => `${String(place).padStart(2, "0")}:${nodes[place]?.name ?? ""}`;
  return {
    schema: "graph.v1",
    package: drawing.package,
    unit: drawing.unit,
    name: drawing.name,
    nodes: nodes.map(({ kind, name }, place) => ({ id: id(place), kind, label: name })),
    edges: edges.map((edge) => ({ from: id(edge.from), to: id(edge.to), attrs: attributesOf(edge) })),
  };
}

/** One line of JSON a pipeline, then one with their number. */
export function renderJson(graphs: readonly PipelineGraph[]): string {
  const batch: v.InferOutput<typeof GraphBatchSchema> = {
    count: graphs.length,
    schema: "graph.batch.v1",
    type: "summary",
  };
  return [...graphs.map(graphDocument), batch].map((document) => `${JSON.stringify(document)}\n`).join("");
}

function attributesOf({ queue }: DrawnEdge): v.InferOutput<typeof Attributes> {
  if (queue === undefined) return { bounded: false };
  return {
    backpressure: queue.policy,
    bounded: true,
    delivery: deliveryOf(queue.policy),
    maxCapacity: queue.maxCapacity,
    ...(queue.minCapacity === undefined ? {} : { minCapacity: queue.minCapacity }),
    ...(queue.queue === "LIFO" ? { queue: "LIFO" } : {}),
  };
}
