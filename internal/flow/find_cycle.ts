import type { FlowGraph } from "./flow_graph.ts";

/**
 * The nodes of one cycle in order, each once, the first in node order first; undefined if the graph has none. Without recursion: a chain may have ten thousand
 * nodes.
 */
export function findCycle(graph: FlowGraph): readonly number[] | undefined {
  const waiting = graph.entering.map((edges) => edges.length);
  const ready = waiting.flatMap((count, node) => (count === 0 ? [node] : []));
  let settled = 0;
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    settled += 1;
    for (const { to } of graph.leaving[node] ?? []) {
      const left = (waiting[to] ?? 0) - 1;
      waiting[to] = left;
      if (left === 0) ready.push(to);
    }
  }
  return settled === graph.nodes.length ? undefined : backwards(graph, waiting);
}

/** Every node that still waits has a predecessor that waits: going back must meet itself. */
function backwards(graph: FlowGraph, waiting: readonly number[]): readonly number[] {
  const waits = (node: number) => (waiting[node] ?? 0) > 0;
  const trail: number[] = [];
  const places = new Map<number, number>();
  let at = waiting.findIndex((count) => count > 0);
  while (!places.has(at)) {
    places.set(at, trail.length);
    trail.push(at);
    at = graph.entering[at]?.find(({ from }) => waits(from))?.from ?? at;
  }
  const cycle = trail.slice(places.get(at)).reverse();
  const first = cycle.indexOf(cycle.reduce((a, b) => Math.min(a, b)));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
