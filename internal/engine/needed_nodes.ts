import type { FlowGraph, FlowNode } from "../flow/mod.ts";

/**
 * The nodes that may run, by number: what stands behind the success of a step whose mock always fails never does, and so nobody has
 * to be able to perform it (flows §20, the dead bus).
 */
export function neededNodes(graph: FlowGraph, neverSucceeds: (node: FlowNode) => boolean): ReadonlySet<number> {
  const needed = new Set(graph.entry < 0 ? [] : [graph.entry]);
  // A set can grow while it is walked.
  for (const at of needed) {
    const node = graph.nodes[at];
    const fails = node !== undefined && neverSucceeds(node);
    for (const { to, onFailure } of graph.leaving[at] ?? []) if (onFailure || !fails) needed.add(to);
  }
  return needed;
}
