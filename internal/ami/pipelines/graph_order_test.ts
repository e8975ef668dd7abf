import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Link, topologicalOrder } from "./graph_order.ts";

/** The words of pipelines §7, taken literally. */
function naive(count: number, edges: readonly Link[]): number[] {
  const order: number[] = [];
  for (;;) {
    const isReady = (node: number): boolean =>
      !order.includes(node) && edges.every(({ from, to }) => to !== node || order.includes(from));
    const next = Array.from({ length: count }, (_, node) => node).find(isReady);
    if (next === undefined) return order;
    order.push(next);
  }
}

const graph = fc.nat({ max: 9 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(
      fc.record({ from: fc.nat({ max: Math.max(0, count - 1) }), to: fc.nat({ max: Math.max(0, count - 1) }) }),
      {
        maxLength: count === 0 ? 0 : 14,
      },
    ),
  }),
);

describe("topologicalOrder", () => {
  test("is again and again the node declared first whose producers are placed (property)", () => {
    fc.assert(
      fc.property(graph, ({ count, edges }) => {
        expect(topologicalOrder(count, edges)).toEqual(naive(count, edges));
      }),
      { numRuns: 300 },
    );
  });

  test("is the order of declaration where edges allow it", () => {
    expect(topologicalOrder(4, [])).toEqual([0, 1, 2, 3]);
    expect(topologicalOrder(4, [{ from: 3, to: 1 }])).toEqual([0, 2, 3, 1]);
  });

  test("leaves out what is on a cycle or behind one", () => {
    expect(
      topologicalOrder(4, [
        { from: 1, to: 2 },
        { from: 2, to: 1 },
        { from: 2, to: 3 },
      ]),
    ).toEqual([0]);
  });

  test("takes an edge twice", () => {
    expect(
      topologicalOrder(2, [
        { from: 1, to: 0 },
        { from: 1, to: 0 },
      ]),
    ).toEqual([1, 0]);
  });
});
