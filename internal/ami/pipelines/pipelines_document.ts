import * as v from "valibot";
import { EDGE_POLICIES, type FilePragmas, LIMIT_KINDS } from "../syntax/mod.ts";
import { byCodeUnit } from "./code_unit_order.ts";
import { deliveryOf } from "./delivery.ts";
import { DEFAULT_CAPACITY, type EdgeSettings } from "./edge_settings.ts";
import { MergeDocumentSchema } from "./edges_document.ts";
import type { GraphNode, PipelineGraph } from "./graph.ts";
import { graphPaths } from "./graph_paths.ts";
import { mergeDocuments } from "./merge_document.ts";
import { NODE_KINDS } from "./step_kind.ts";

const StepRef = v.object({ name: v.string(), id: v.number() });

const Plan = v.object({
  sort: v.exactOptional(
    v.pipe(v.array(v.object({ field: v.string(), order: v.picklist(["asc", "desc"]) })), v.readonly()),
  ),
  stable: v.exactOptional(v.boolean()),
  key: v.exactOptional(v.string()),
  partitionBy: v.exactOptional(v.string()),
  window: v.exactOptional(v.number()),
  timeoutMs: v.exactOptional(v.number()),
  watermark: v.exactOptional(v.object({ field: v.string(), latenessMs: v.number() })),
  latePolicy: v.exactOptional(v.picklist(["drop", "accept", "shunt"])),
  idleMs: v.exactOptional(v.number()),
  dedup: v.exactOptional(v.object({ field: v.exactOptional(v.string()) })),
  buffer: v.exactOptional(v.object({ capacity: v.number(), policy: v.picklist(EDGE_POLICIES) })),
});

const Step = v.object({
  name: v.string(),
  id: v.number(),
  kind: v.picklist(NODE_KINDS),
  worker: v.exactOptional(v.string()),
  delayMs: v.exactOptional(v.number()),
  workers: v.exactOptional(v.number()),
  args: v.exactOptional(v.array(v.string())),
  attrs: v.exactOptional(v.array(v.string())),
  edge: v.object({
    bounded: v.boolean(),
    delivery: v.string(),
    maxCapacity: v.number(),
    backpressure: v.picklist(EDGE_POLICIES),
    queue: v.exactOptional(v.literal("LIFO")),
  }),
  merge: v.exactOptional(v.array(MergeDocumentSchema)),
  mergeNorm: v.exactOptional(Plan),
});

const Body = {
  name: v.string(),
  steps: v.array(Step),
  edges: v.array(v.object({ from: v.string(), to: v.string(), fromId: v.number(), toId: v.number() })),
  connectivity: v.object({
    hasEdges: v.boolean(),
    ingressToEgress: v.boolean(),
    disconnected: v.exactOptional(v.array(StepRef)),
    unreachableFromIngress: v.exactOptional(v.array(StepRef)),
    cannotReachEgress: v.exactOptional(v.array(StepRef)),
  }),
};

const PipelineSchema = v.object({ ...Body, error: v.exactOptional(v.object(Body)) });

/** pipelines.v1 (pipelines §15): what a file declares, checked and normalised. Keys stand in this order. */
export const PipelinesSchema = v.object({
  schema: v.literal("pipelines.v1"),
  package: v.string(),
  unit: v.string(),
  concurrency: v.exactOptional(
    v.object({
      workers: v.exactOptional(v.number()),
      limits: v.exactOptional(v.record(v.string(), v.number())),
      schedule: v.exactOptional(v.picklist(["fifo", "lifo", "fair"])),
    }),
  ),
  pipelines: v.array(PipelineSchema),
});
export type PipelinesDocument = v.InferOutput<typeof PipelinesSchema>;

type BodyDocument = v.InferOutput<v.ObjectSchema<typeof Body, undefined>>;
type StepDocument = v.InferOutput<typeof Step>;

/** What the document says of a file besides its pipelines. */
export interface DocumentedUnit {
  readonly package: string;
  readonly unit: string;
  readonly pragmas: Pick<FilePragmas, "workers" | "limits" | "schedule">;
}

/** The pipelines.v1 document of a file. */
export function pipelinesDocument(file: DocumentedUnit, graphs: readonly PipelineGraph[]): PipelinesDocument {
  const concurrency = concurrencyOf(file.pragmas);
  return {
    schema: "pipelines.v1",
    package: file.package,
    unit: file.unit,
    ...(Object.keys(concurrency).length === 0 ? {} : { concurrency }),
    pipelines: [...graphs].sort((a, b) => byCodeUnit(a.name, b.name)).map(pipelineOf),
  };
}

function concurrencyOf({
  workers,
  limits,
  schedule,
}: DocumentedUnit["pragmas"]): NonNullable<PipelinesDocument["concurrency"]> {
  const entries = LIMIT_KINDS.flatMap((kind) => {
    const limit = limits.get(kind);
    return limit === undefined ? [] : [[kind, limit] as const];
  });
  return {
    ...(workers === undefined ? {} : { workers }),
    ...(entries.length === 0 ? {} : { limits: Object.fromEntries(entries) }),
    ...(schedule === undefined ? {} : { schedule }),
  };
}

function pipelineOf(graph: PipelineGraph): PipelinesDocument["pipelines"][number] {
  const body = bodyOf(graph, graph.name, false);
  return graph.error === undefined ? body : { ...body, error: bodyOf(graph.error, "error", true) };
}

function bodyOf(graph: PipelineGraph, name: string, isError: boolean): BodyDocument {
  return {
    name,
    steps: graph.nodes.map(stepOf),
    edges: graph.edges.flatMap((edge) => {
      const [from, to] = [graph.nodes[edge.from], graph.nodes[edge.to]];
      if (from === undefined || to === undefined) return [];
      return [{ from: from.name, to: to.name, fromId: from.id, toId: to.id }];
    }),
    connectivity: connectivityOf(graph, isError),
  };
}

function stepOf(node: GraphNode): StepDocument {
  const { name, id, kind, worker, delayMs, workers, args, attrs, plan } = node;
  return {
    name,
    id,
    kind,
    ...(worker === undefined ? {} : { worker: worker.name }),
    ...(delayMs === 0 ? {} : { delayMs }),
    ...(workers === 1 ? {} : { workers }),
    ...(args === undefined ? {} : { args: [...args] }),
    ...(attrs === undefined ? {} : { attrs: [...attrs] }),
    edge: edgeOf(node.edge ?? { queue: "FIFO", maxCapacity: DEFAULT_CAPACITY, policy: "block" }),
    ...(plan === undefined ? {} : { merge: [...mergeDocuments(plan)], mergeNorm: plan }),
  };
}

function edgeOf({ queue, maxCapacity, policy }: EdgeSettings): StepDocument["edge"] {
  return {
    bounded: true,
    delivery: deliveryOf(policy),
    maxCapacity,
    backpressure: policy,
    ...(queue === "LIFO" ? { queue } : {}),
  };
}

function connectivityOf({ nodes, edges }: PipelineGraph, isError: boolean): BodyDocument["connectivity"] {
  const { fromSource, toSink } = graphPaths(
    nodes.map(({ kind }) => kind),
    edges,
    { isError },
  );
  const connected = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const those = (test: (number: number) => boolean) => nodes.filter((_, number) => test(number)).map(refOf);
  const disconnected = isError ? [] : those((number) => !connected.has(number));
  const unreachable = those((number) => fromSource[number] === false);
  const stuck = those((number) => toSink[number] === false);
  return {
    hasEdges: edges.length > 0,
    ingressToEgress: nodes.some((_, number) => fromSource[number] === true && toSink[number] === true),
    ...(disconnected.length === 0 ? {} : { disconnected }),
    ...(unreachable.length === 0 ? {} : { unreachableFromIngress: unreachable }),
    ...(stuck.length === 0 ? {} : { cannotReachEgress: stuck }),
  };
}

function refOf({ name, id }: GraphNode): { name: string; id: number } {
  return { name, id };
}
