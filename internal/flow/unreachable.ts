import type { FlowGraph, GraphEdge } from "./flow_graph.ts";
import { type SwitchRule, switchRule } from "./switch_rule.ts";

/** Nodes that stand only behind edges which can never be taken (W_IR_UNREACHABLE), in node order. */
export function unreachableNodes(graph: FlowGraph): readonly number[] {
  const reached = new Set(graph.entering.flatMap((edges, node) => (edges.length === 0 ? [node] : [])));
  // A set can grow while it is walked.
  for (const node of reached) {
    const from = graph.nodes[node];
    const rule = from?.type === "switch" ? switchRule(from) : undefined;
    for (const edge of graph.leaving[node] ?? []) {
      if (rule === undefined || canBeTaken(edge, rule, graph)) reached.add(edge.to);
    }
  }
  return [...graph.nodes.keys()].filter((node) => !reached.has(node));
}

/** Of an edge that leaves a switch. */
function canBeTaken(edge: GraphEdge, { cases, default: fallback }: SwitchRule, graph: FlowGraph): boolean {
  if (edge.onFailure) return true;
  if (edge.case !== undefined) return cases.has(edge.case) || edge.case === fallback;
  const id = graph.nodes[edge.to]?.id;
  return [...cases.values()].some((target) => target === id);
}
