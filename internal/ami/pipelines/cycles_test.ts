import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { findCycles } from "./cycles.ts";
import { type Link, topologicalOrder } from "./graph_order.ts";
import { reachableFrom, reaching } from "./reachability.ts";

const graph = fc.integer({ min: 1, max: 8 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.record({ from: fc.nat({ max: count - 1 }), to: fc.nat({ max: count - 1 }) }), { maxLength: 14 }),
  }),
);

function hasEdge(edges: readonly Link[], from: number | undefined, to: number | undefined): boolean {
  return edges.some((edge) => edge.from === from && edge.to === to);
}

/** Whether a path of at least one edge leads from one node to another. */
function leads(count: number, edges: readonly Link[], from: number, to: number): boolean {
  const next = edges.filter((edge) => edge.from === from).map((edge) => edge.to);
  return reachableFrom(count, edges, next)[to] ?? false;
}

describe("findCycles", () => {
  test("finds none exactly where there is a topological order (property)", () => {
    fc.assert(
      fc.property(graph, ({ count, edges }) => {
        expect(findCycles(count, edges).length === 0).toBe(topologicalOrder(count, edges).length === count);
      }),
    );
  });

  test("every cycle is one, begins with its first node, and all groups of nodes have one (property)", () => {
    fc.assert(
      fc.property(graph, ({ count, edges }) => {
        const cycles = findCycles(count, edges);
        const onCycle = Array.from({ length: count }, (_, node) => node).filter((node) =>
          leads(count, edges, node, node),
        );
        for (const cycle of cycles) {
          expect(new Set(cycle).size).toBe(cycle.length);
          for (const [at, node] of cycle.entries())
            expect(hasEdge(edges, node, cycle[(at + 1) % cycle.length])).toBe(true);
          expect(cycle[0]).toBe(Math.min(...cycle));
        }
        for (const node of onCycle) {
          const near = cycles.filter(
            ([first = -1]) => first === node || (leads(count, edges, node, first) && leads(count, edges, first, node)),
          );
          expect(near).toHaveLength(1);
        }
      }),
    );
  });

  test("names the shortest cycle through the first node", () => {
    const edges = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 1],
      [2, 1],
    ].map(([from = 0, to = 0]) => ({ from, to }));
    expect(findCycles(4, edges)).toEqual([[1, 2]]);
  });

  test("a node with an edge to itself is a cycle", () => {
    expect(findCycles(2, [{ from: 1, to: 1 }])).toEqual([[1]]);
  });
});

describe("reachability", () => {
  test("backwards is forwards over turned edges, and both count where they begin (property)", () => {
    fc.assert(
      fc.property(graph, fc.nat({ max: 7 }), ({ count, edges }, start) => {
        const forwards = reachableFrom(count, edges, [start]);
        const backwards = Array.from({ length: count }, (_, node) => reaching(count, edges, [node])[start] ?? false);
        expect(forwards).toEqual(backwards);
        if (start < count) expect(forwards[start]).toBe(true);
      }),
    );
  });
});
