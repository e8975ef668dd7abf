import type { LineIndex } from "../../diag/mod.ts";
import type { FunctionScope, WorkerCompiler, WorkerFn, WorkerModules } from "../functions/mod.ts";
import type { FilePragmas, LimitKind } from "../syntax/mod.ts";
import type { CheckedBody, CheckedStep } from "./check_body.ts";
import type { GraphEdge, GraphNode, PipelineGraph } from "./graph.ts";
import { stepLabel } from "./step_instance.ts";
import { hasWorker, KIND_NAMES } from "./step_kind.ts";
import type { StepWorker } from "./step_worker.ts";
import { written } from "./written.ts";

/** Where a pipeline stands, and what its workers need. */
export interface GraphSite {
  readonly package: string;
  readonly unit: string;
  readonly folder: string;
  readonly lines: LineIndex;
  readonly pragmas: FilePragmas;
  readonly scope: FunctionScope;
  readonly compiler: WorkerCompiler;
  readonly modules: WorkerModules;
}

/** Compiles a body without errors into the graph that runs. */
export function buildGraph(name: string, body: CheckedBody, site: GraphSite, error?: PipelineGraph): PipelineGraph {
  const { nodes, edges } = body.steps.length === 0 ? passThrough(site.pragmas) : partsOf(body, site);
  return {
    package: site.package,
    unit: site.unit,
    folder: site.folder,
    name,
    nodes,
    edges,
    schedule: site.pragmas.schedule ?? "fifo",
    granted: site.pragmas.capabilities,
    ...(error === undefined ? {} : { error }),
  };
}

type Parts = Pick<PipelineGraph, "nodes" | "edges">;

function partsOf({ steps, edges }: CheckedBody, site: GraphSite): Parts {
  return {
    nodes: steps.map((step) => nodeOf(step, site)),
    edges: edges.flatMap(({ from, to }) => {
      const edge = steps[to.index]?.edge;
      return edge === undefined ? [] : [{ from: from.index, to: to.index, ...edge } satisfies GraphEdge];
    }),
  };
}

/** What an empty pipeline is: every event passes (pipelines §2). */
function passThrough({ policy }: FilePragmas): Parts {
  const node = (kind: "ingress" | "egress"): GraphNode => ({
    name: KIND_NAMES[kind],
    id: 1,
    label: KIND_NAMES[kind],
    kind,
    delayMs: 0,
    workers: 1,
  });
  const edge: GraphEdge = { from: 0, to: 1, queue: "FIFO", maxCapacity: 1024, policy: policy ?? "block" };
  return { nodes: [node("ingress"), node("egress")], edges: [edge] };
}

function nodeOf({ instance, settings, worker, edge }: CheckedStep, site: GraphSite): GraphNode {
  const { name, id, kind, node, at } = instance;
  const text = site.lines.text;
  const { plan, path } = settings;
  return {
    name,
    id,
    label: stepLabel(instance),
    kind,
    delayMs: settings.delayMs ?? 0,
    workers: hasWorker(kind) ? serversOf(kind, settings.workers, site.pragmas) : 1,
    ...(worker === undefined ? {} : { worker: { name: worker.name, run: compile(worker, site) } }),
    ...(plan === undefined ? {} : { plan }),
    ...(kind === "timer" ? { timer: { intervalMs: settings.intervalMs, count: settings.count ?? 0 } } : {}),
    ...(path === undefined ? {} : { path }),
    ...(node.args.length === 0 ? {} : { args: node.args.map((arg) => written(text, arg)) }),
    ...(node.attrs.length === 0 ? {} : { attrs: node.attrs.map((attr) => written(text, attr)) }),
    edge,
    pos: site.lines.position(at.start),
  };
}

/** Servers of a step: what it says, else its file, and never more than the file's limit (pipelines §1). */
function serversOf(kind: string, own: number | undefined, { workers, limits }: FilePragmas): number {
  const limit: LimitKind = kind === "mutable" ? "mutable" : "transform";
  return Math.min(own ?? workers ?? 1, limits.get(limit) ?? Number.POSITIVE_INFINITY);
}

function compile(worker: StepWorker, { compiler, modules, scope, pragmas }: GraphSite): WorkerFn {
  switch (worker.kind) {
    case "function":
      return compiler.worker(worker.func);
    case "module":
      return modules.worker(worker.path, worker.name, pragmas.capabilities);
    case "builtin":
      return compiler.builtin(worker.worker, scope);
  }
}
