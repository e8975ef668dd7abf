import { type Link, successors } from "./graph_order.ts";

/** For every node: whether a path leads to it from one of `starts`, which count themselves. */
export function reachableFrom(count: number, edges: readonly Link[], starts: Iterable<number>): readonly boolean[] {
  const next = successors(count, edges);
  const reached = new Array<boolean>(count).fill(false);
  const open: number[] = [];
  const reach = (node: number): void => {
    if (reached[node] !== false) return;
    reached[node] = true;
    open.push(node);
  };
  for (const start of starts) reach(start);
  for (let node = open.pop(); node !== undefined; node = open.pop()) for (const to of next[node] ?? []) reach(to);
  return reached;
}

/** For every node: whether a path leads from it to one of `ends`, which count themselves. */
export function reaching(count: number, edges: readonly Link[], ends: Iterable<number>): readonly boolean[] {
  return reachableFrom(
    count,
    edges.map(({ from, to }) => ({ from: to, to: from })),
    ends,
  );
}
