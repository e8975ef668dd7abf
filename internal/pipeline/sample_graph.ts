import type { EdgePolicy, GraphEdge, GraphNode, MergePlan, NodeKind, PipelineGraph, WorkerFn } from "../ami/mod.ts";
import { Registry } from "../kvstore/mod.ts";
import { virtualWorld } from "../world/mod.ts";
import type { RunWorld } from "./run_options.ts";

// Test-only: pipelines by hand, as the checks of the language would make them.

/** A step, and what its in-edges are. */
export interface SampleStep {
  readonly kind?: NodeKind;
  readonly delay?: number;
  readonly workers?: number;
  readonly run?: WorkerFn;
  readonly plan?: MergePlan;
  readonly timer?: GraphNode["timer"];
  readonly path?: string;
  readonly lifo?: boolean;
  readonly max?: number;
  readonly policy?: EdgePolicy;
}

const KINDS = new Map<string, NodeKind>(
  (["ingress", "egress", "timer", "fanout", "collect"] as const).map((kind) => [kind, kind]),
);

/**
 * The pipeline `P` of chains such as `ingress -> S -> egress`. A step is of the kind that `steps` says, else of its name,
 * else a Transform; declared in the order of `steps`, then of the chains.
 */
export function sampleGraph(
  chains: readonly string[],
  steps: Readonly<Record<string, SampleStep>> = {},
  more: Partial<PipelineGraph> = {},
): PipelineGraph {
  const paths = chains.map((chain) => chain.split("->").map((name) => name.trim()));
  const labels = [...new Set([...Object.keys(steps), ...paths.flat()])];
  const numbers = new Map(labels.map((label, index) => [label, index]));
  const numberOf = (label: string | undefined) => numbers.get(label ?? "") ?? -1;
  const nodes = labels.map((label): GraphNode => {
    const { kind, delay = 0, workers = 1, run, plan, timer, path } = steps[label] ?? {};
    return {
      name: label,
      id: 1,
      label,
      kind: kind ?? KINDS.get(label.toLowerCase()) ?? "transform",
      delayMs: delay,
      workers,
      ...(run === undefined ? {} : { worker: { name: "w", run } }),
      ...(plan === undefined ? {} : { plan }),
      ...(timer === undefined ? {} : { timer }),
      ...(path === undefined ? {} : { path }),
    };
  });
  const edges = paths.flatMap((path) =>
    path.slice(1).map((to, index): GraphEdge => {
      const { lifo = false, max = 1024, policy = "block" } = steps[to] ?? {};
      return {
        from: numberOf(path[index]),
        to: numberOf(to),
        queue: lifo ? "LIFO" : "FIFO",
        maxCapacity: max,
        policy,
      };
    }),
  );
  return {
    package: "app",
    unit: "p",
    folder: "/",
    name: "P",
    nodes,
    edges,
    schedule: "fifo",
    granted: new Set(),
    ...more,
  };
}

/** A fresh virtual world with empty stores. */
export function sampleWorld(startMs = 0): RunWorld {
  const { clock, rng } = virtualWorld({ startMs });
  return { clock, rng, stores: new Registry(clock) };
}
