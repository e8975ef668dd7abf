import { type Link, successors } from "./graph_order.ts";

/**
 * One cycle of every group of nodes that all lead to each other: the shortest through the group's first node, beginning with
 * it. Nodes are numbered in order of declaration. Time and memory are linear in nodes and edges.
 *
 * @example
 * findCycles(3, [{ from: 0, to: 1 }, { from: 1, to: 2 }, { from: 2, to: 1 }]); // [[1, 2]]
 */
export function findCycles(count: number, edges: readonly Link[]): readonly (readonly number[])[] {
  const next = successors(count, edges);
  const group = components(count, next);
  const first = new Map<number, number>();
  for (let node = 0; node < count; node += 1) {
    const own = group[node] ?? node;
    if (!first.has(own)) first.set(own, node);
  }
  const cycles: (readonly number[])[] = [];
  for (const node of first.values()) {
    const cycle = shortestCycle(node, next, group);
    if (cycle !== undefined) cycles.push(cycle);
  }
  return cycles;
}

/** The shortest cycle through `start`, found by a breadth-first search in its group; undefined if there is none. */
function shortestCycle(
  start: number,
  next: readonly (readonly number[])[],
  group: readonly number[],
): readonly number[] | undefined {
  const cameFrom = new Map<number, number>();
  const open = [start];
  for (const node of open) {
    for (const to of next[node] ?? []) {
      if (to === start) return trail(node, start, cameFrom);
      if (group[to] !== group[start] || cameFrom.has(to)) continue;
      cameFrom.set(to, node);
      open.push(to);
    }
  }
  return undefined;
}

function trail(end: number, start: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const nodes: number[] = [];
  for (let node: number | undefined = end; node !== undefined && node !== start; node = cameFrom.get(node))
    nodes.push(node);
  return [start, ...nodes.reverse()];
}

/** The number of the strongly connected component of every node: Tarjan's algorithm, without recursion. */
export function components(count: number, next: readonly (readonly number[])[]): readonly number[] {
  const found = new Array<number>(count).fill(-1);
  const low = new Array<number>(count).fill(0);
  const group = new Array<number>(count).fill(-1);
  const position = new Array<number>(count).fill(0);
  const stack: number[] = [];
  let visits = 0;
  let groups = 0;
  for (let root = 0; root < count; root += 1) {
    if (found[root] !== -1) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path[path.length - 1] ?? root;
      if (found[node] === -1) {
        found[node] = visits;
        low[node] = visits;
        visits += 1;
        stack.push(node);
      }
      const at = position[node] ?? 0;
      const to = next[node]?.[at];
      if (to !== undefined) {
        position[node] = at + 1;
        if (found[to] === -1) path.push(to);
        else if (group[to] === -1) low[node] = Math.min(low[node] ?? 0, found[to] ?? 0);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      if (low[node] !== found[node]) continue;
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        group[member] = groups;
        if (member === node) break;
      }
      groups += 1;
    }
  }
  return group;
}
