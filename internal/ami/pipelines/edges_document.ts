import * as v from "valibot";
import { EDGE_POLICIES } from "../syntax/mod.ts";
import { byCodeUnit } from "./code_unit_order.ts";
import { deliveryOf } from "./delivery.ts";
import type { GraphEdge, GraphNode, PipelineGraph } from "./graph.ts";
import { type GraphPaths, graphPaths } from "./graph_paths.ts";
import { mergeDocuments } from "./merge_document.ts";

const Id = v.pipe(v.number(), v.integer(), v.minValue(1));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const MergeDocumentSchema = v.object({
  name: v.string(),
  args: v.pipe(v.array(v.union([v.string(), v.number()])), v.readonly()),
});

/** An edge of edges.v1. Keys stand in this order. */
export const EdgeDocumentSchema = v.object({
  unit: v.string(),
  pipeline: v.string(),
  from: v.string(),
  to: v.string(),
  fromId: Id,
  toId: Id,
  bounded: v.boolean(),
  delivery: v.string(),
  type: v.exactOptional(v.string()),
  /** Capacity 1 with a policy that drops. */
  tinyBuffer: v.exactOptional(v.boolean()),
  minCapacity: v.exactOptional(Count),
  maxCapacity: Id,
  backpressure: v.picklist(EDGE_POLICIES),
  queue: v.exactOptional(v.literal("LIFO")),
  fromReachableFromIngress: v.boolean(),
  toCanReachEgress: v.boolean(),
  onIngressToEgressPath: v.boolean(),
});
export type EdgeDocument = v.InferOutput<typeof EdgeDocumentSchema>;

/** A Collect of edges.v1 and its plan. */
export const CollectDocumentSchema = v.object({
  unit: v.string(),
  pipeline: v.string(),
  step: v.string(),
  id: Id,
  merge: v.array(MergeDocumentSchema),
});
export type CollectDocument = v.InferOutput<typeof CollectDocumentSchema>;

/** edges.v1 (pipelines §15): the edges of a package, without those of error pipelines. */
export const EdgesSchema = v.object({
  schema: v.literal("edges.v1"),
  package: v.string(),
  edges: v.array(EdgeDocumentSchema),
  collect: v.exactOptional(v.array(CollectDocumentSchema)),
});
export type EdgesDocument = v.InferOutput<typeof EdgesSchema>;

/** The edges.v1 document of a package. */
export function edgesDocument(packageName: string, graphs: readonly PipelineGraph[]): EdgesDocument {
  const edges = graphs.flatMap(edgesOf).sort(compareEdges);
  const collect = graphs.flatMap(collectsOf).sort(compareCollects);
  return {
    schema: "edges.v1",
    package: packageName,
    edges,
    ...(collect.length === 0 ? {} : { collect }),
  };
}

function edgesOf(graph: PipelineGraph): EdgeDocument[] {
  const kinds = graph.nodes.map(({ kind }) => kind);
  const paths = graphPaths(kinds, graph.edges, { isError: false });
  return graph.edges.flatMap((edge) => {
    const [from, to] = [graph.nodes[edge.from], graph.nodes[edge.to]];
    return from === undefined || to === undefined ? [] : [edgeDocument(graph, edge, from, to, paths)];
  });
}

function edgeDocument(
  { unit, name }: PipelineGraph,
  edge: GraphEdge,
  from: GraphNode,
  to: GraphNode,
  { fromSource, toSink }: GraphPaths,
): EdgeDocument {
  const { type, minCapacity, maxCapacity, policy, queue } = edge;
  const fromReachableFromIngress = fromSource[edge.from] ?? false;
  const toCanReachEgress = toSink[edge.to] ?? false;
  const tiny = maxCapacity === 1 && (policy === "dropOldest" || policy === "dropNewest");
  return {
    unit,
    pipeline: name,
    from: from.name,
    to: to.name,
    fromId: from.id,
    toId: to.id,
    bounded: true,
    delivery: deliveryOf(policy),
    ...(type === undefined ? {} : { type }),
    ...(tiny ? { tinyBuffer: true } : {}),
    ...(minCapacity === undefined ? {} : { minCapacity }),
    maxCapacity,
    backpressure: policy,
    ...(queue === "LIFO" ? { queue } : {}),
    fromReachableFromIngress,
    toCanReachEgress,
    onIngressToEgressPath: fromReachableFromIngress && toCanReachEgress,
  };
}

function collectsOf({ unit, name, nodes }: PipelineGraph): CollectDocument[] {
  return nodes
    .filter(({ kind }) => kind === "collect")
    .map((node) => ({
      unit,
      pipeline: name,
      step: node.name,
      id: node.id,
      merge: [...mergeDocuments(node.plan ?? {})],
    }));
}

function compareEdges(a: EdgeDocument, b: EdgeDocument): number {
  return (
    byCodeUnit(a.unit, b.unit) ||
    byCodeUnit(a.pipeline, b.pipeline) ||
    byCodeUnit(a.from, b.from) ||
    a.fromId - b.fromId ||
    byCodeUnit(a.to, b.to) ||
    a.toId - b.toId
  );
}

function compareCollects(a: CollectDocument, b: CollectDocument): number {
  return byCodeUnit(a.unit, b.unit) || byCodeUnit(a.pipeline, b.pipeline) || byCodeUnit(a.step, b.step) || a.id - b.id;
}
