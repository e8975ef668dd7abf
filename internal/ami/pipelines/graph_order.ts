/** An edge between two nodes, given by their numbers. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

/**
 * The topological order that statistics, graphs and ends of streams have in common (pipelines §7): again and again the node
 * declared first among those all of whose producers are placed. Nodes are numbered in order of declaration; edges may
 * stand twice. Nodes on a cycle and behind one are left out; a checked pipeline has none.
 *
 * @example
 * topologicalOrder(3, [{ from: 0, to: 2 }, { from: 2, to: 1 }]); // [0, 2, 1]
 */
export function topologicalOrder(count: number, edges: readonly Link[]): number[] {
  const next = successors(count, edges);
  const missing = new Array<number>(count).fill(0);
  for (const { to } of edges) missing[to] = (missing[to] ?? 0) + 1;
  const ready = new SmallestFirst();
  for (let node = 0; node < count; node += 1) if (missing[node] === 0) ready.add(node);
  const order: number[] = [];
  for (let node = ready.take(); node !== undefined; node = ready.take()) {
    order.push(node);
    for (const consumer of next[node] ?? []) {
      const left = (missing[consumer] ?? 0) - 1;
      missing[consumer] = left;
      if (left === 0) ready.add(consumer);
    }
  }
  return order;
}

/** The nodes that each node has edges to, in the order of the edges. */
export function successors(count: number, edges: readonly Link[]): readonly (readonly number[])[] {
  const next = Array.from({ length: count }, (): number[] => []);
  for (const { from, to } of edges) next[from]?.push(to);
  return next;
}

/** A binary heap of numbers. */
class SmallestFirst {
  readonly #heap: number[] = [];

  add(number: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(number);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] ?? number;
      if (parent <= number) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = number;
  }

  take(): number | undefined {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      const below = (heap[right] ?? Number.POSITIVE_INFINITY) < (heap[left] ?? last) ? right : left;
      const child = heap[below];
      if (child === undefined || child >= last) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}
