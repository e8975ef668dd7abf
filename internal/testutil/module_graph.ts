import {
  checkGraph,
  edgeSettings,
  type GraphEdge,
  type GraphNode,
  KIND_NAMES,
  kindOf,
  type MergePlan,
  type NodeKind,
  type PipelineGraph,
  stepLabel,
} from "../ami/mod.ts";
import { findPipeline, stepNames } from "./attach_collect.ts";
import { CheckError, refuse } from "./check_error.ts";
import type { Edge, Module, ModulePipeline } from "./module.ts";

/**
 * The pipeline of a module as the executor runs it: steps have the kind that their name says, in any letter case, other names are
 * Transforms without worker (pipelines §14). Throws a CheckError.
 */
export function moduleGraph(module: Module, name: string): PipelineGraph {
  const pipeline = findPipeline(module, name);
  const steps = stepsOf(pipeline);
  const numbers = new Map([...steps.keys()].map((label, number) => [label, number]));
  const nodes = [...steps.values()];
  const edges = distinct(pipeline.edges).map((edge) => graphEdge(edge, numbers, nodes));
  const findings = checkGraph({ nodes, edges }).filter(({ code }) => code.startsWith("E_"));
  const missing = REQUIRED.filter(({ kind, code }) => {
    return !nodes.some((node) => node.kind === kind) && !findings.some((finding) => finding.code === code);
  });
  for (const { kind, code } of missing) findings.push({ code, message: `no edge names an ${kind}` });
  if (findings.length > 0) throw new CheckError(findings);
  const unit = pipeline.edges[0]?.unit ?? module.package;
  return {
    package: module.package,
    unit,
    folder: "/",
    name,
    nodes,
    edges,
    schedule: "fifo",
    granted: new Set(),
  };
}

/** What the edges of a module must name. */
const REQUIRED = [
  { kind: "ingress", code: "E_PIPELINE_START_INGRESS" },
  { kind: "egress", code: "E_PIPELINE_END_EGRESS" },
] as const;

/** By label, in the order in which edges name them: that is their order of declaration. */
function stepsOf({ name, edges, collects }: ModulePipeline): ReadonlyMap<string, GraphNode> {
  const plans = new Map(collects.map(({ step, plan }) => [step, plan]));
  const named = stepNames(edges);
  for (const step of plans.keys()) {
    if (!named.has(step)) refuse("E_STEP_UNKNOWN", `no edge of pipeline ${name} names step ${step}`);
  }
  const steps = new Map<string, GraphNode>();
  for (const { from, fromId = 1, to, toId = 1 } of edges) {
    for (const [step, id] of [
      [from, fromId],
      [to, toId],
    ] as const) {
      const label = stepLabel({ name: step, id });
      if (!steps.has(label)) steps.set(label, graphNode(step, id, label, plans.get(label)));
    }
  }
  return steps;
}

function graphNode(name: string, id: number, label: string, plan: MergePlan | undefined): GraphNode {
  const kind: NodeKind = plan === undefined ? (kindOf(name) ?? "transform") : "collect";
  if (kind === "io.read" || kind === "io.write") {
    refuse("E_IO_ARGS", `step ${label}: a module cannot say which file ${KIND_NAMES[kind]} reaches`);
  }
  return {
    name,
    id,
    label,
    kind,
    delayMs: 0,
    workers: 1,
    ...(kind === "collect" ? { plan: plan ?? {} } : {}),
    ...(kind === "timer" ? { timer: { intervalMs: undefined, count: 0 } } : {}),
  };
}

/** A second edge between the same steps is ignored (W_PIPELINE_DUP_EDGE). */
function distinct(edges: readonly Edge[]): readonly Edge[] {
  const first = new Map<string, Edge>();
  for (const edge of edges) {
    const ends = JSON.stringify([edge.from, edge.fromId ?? 1, edge.to, edge.toId ?? 1]);
    if (!first.has(ends)) first.set(ends, edge);
  }
  return [...first.values()];
}

function graphEdge(edge: Edge, numbers: ReadonlyMap<string, number>, nodes: readonly GraphNode[]): GraphEdge {
  const { from, fromId = 1, to, toId = 1, type } = edge;
  const target = numbers.get(stepLabel({ name: to, id: toId })) ?? 0;
  const settings = edgeSettings(choiceOf(edge), nodes[target]?.plan?.buffer, undefined);
  return {
    ...settings,
    from: numbers.get(stepLabel({ name: from, id: fromId })) ?? 0,
    to: target,
    ...(edge.bounded === false ? { maxCapacity: Number.POSITIVE_INFINITY } : {}),
    ...(type === undefined ? {} : { type }),
  };
}

/** What an edge says of its queue; undefined: nothing, so that the buffer of a Collect holds. */
function choiceOf({ queue, minCapacity: min, maxCapacity: max, backpressure: policy, from, to }: Edge) {
  if (queue === undefined && min === undefined && max === undefined && policy === undefined) return undefined;
  checkCapacity(min, 0, `${from}->${to}`);
  checkCapacity(max, 1, `${from}->${to}`);
  if (min !== undefined && max !== undefined && min > max) {
    refuse("E_EDGE_CAPACITY_ORDER", `${from}->${to} has a minimum of ${min} above its maximum of ${max}`);
  }
  return {
    ...(queue === undefined ? {} : { queue }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(policy === undefined ? {} : { policy }),
  };
}

function checkCapacity(value: number | undefined, least: number, edge: string): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  refuse("E_EDGE_CAPACITY_INVALID", `${edge} has a capacity of ${value}; a whole number from ${least} is expected`);
}
