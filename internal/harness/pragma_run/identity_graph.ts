import { DEFAULT_CAPACITY, type GraphNode, type PipelineGraph } from "../../ami/mod.ts";

/** `ingress -> egress`, which a pipeline that is declared nowhere behaves as (ami-tests §3). */
export function identityGraph(name: string): PipelineGraph {
  return {
    package: "main",
    unit: "main",
    folder: "/",
    name,
    nodes: [node("ingress"), node("egress")],
    edges: [{ from: 0, to: 1, queue: "FIFO", maxCapacity: DEFAULT_CAPACITY, policy: "block" }],
    schedule: "fifo",
    granted: new Set(),
  };
}

function node(kind: "ingress" | "egress"): GraphNode {
  return { name: kind, id: 1, label: kind, kind, delayMs: 0, workers: 1 };
}
