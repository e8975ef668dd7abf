import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { intakeFor } from "./intake.ts";
import { Network } from "./network.ts";
import type { Edge } from "./node.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";
import { EventSource, SimEvent } from "./sim_event.ts";

/** Three edges into one node. */
function edges(lifo: readonly boolean[]): readonly Edge[] {
  const { rng, stores } = sampleWorld();
  const steps = Object.fromEntries(lifo.map((_, index) => [`in${index}`, { kind: "ingress" as const }]));
  const graph = sampleGraph(
    lifo.map((_, index) => `in${index} -> egress`),
    steps,
  );
  const queued = graph.edges.map((edge, index) => ({
    ...edge,
    queue: lifo[index] ? ("LIFO" as const) : ("FIFO" as const),
  }));
  const network = new Network(
    { ...graph, edges: queued },
    { world: { now: () => 0, rng, stores }, before: [], files: undefined, strict: false, onDiscard: () => undefined },
  );
  return network.edges;
}

const source = new EventSource("P", "in");

describe("the choice of the next in-edge (pipelines §7, take)", () => {
  const cases = fc.record({
    schedule: fc.constantFrom("fifo" as const, "lifo" as const, "fair" as const),
    lifo: fc.oneof(fc.constant([false, false, false]), fc.tuple(fc.boolean(), fc.boolean(), fc.boolean())),
    // An edge and what happens to it: mostly additions and discards, so that many entries go stale.
    steps: fc.array(fc.tuple(fc.nat({ max: 2 }), fc.constantFrom("add", "add", "drop", "take", "pass")), {
      maxLength: 600,
      size: "max",
    }),
  });

  test("is that of the page, over any history (property)", () => {
    fc.assert(
      fc.property(cases, ({ schedule, lifo, steps }) => {
        const ins = edges(lifo);
        const intake = intakeFor(schedule, ins);
        const model: number[][] = ins.map(() => []);
        let last = -1;
        for (const [number, [at, step]] of steps.entries()) {
          const edge = ins[at];
          if (edge === undefined) continue;
          if (step === "add") {
            edge.queue.push(new SimEvent(source, number, null, 0, undefined));
            intake.added(edge);
            model[at]?.push(number);
          } else if (step === "drop" && edge.queue.size > 0) {
            edge.queue.shift();
            intake.dropped(edge);
            model[at]?.shift();
          } else if (step === "pass" && model.every((queue) => queue.length === 0)) {
            intake.passed(edge);
            last = at;
          } else if (step === "take") {
            const expected = chosen(schedule, lifo, model, last);
            const next = model.some((queue) => queue.length > 0) ? intake.next() : undefined;
            expect(next?.inIndex).toBe(expected);
            if (next === undefined || expected === undefined) continue;
            last = expected;
            const event = next.lifo ? next.queue.pop() : next.queue.shift();
            expect(event?.id).toBe(`P/in/${next.lifo ? model[expected]?.pop() : model[expected]?.shift()}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The page's rule, by looking at everything. */
function chosen(
  schedule: "fifo" | "lifo" | "fair",
  lifo: readonly boolean[],
  queues: readonly (readonly number[])[],
  last: number,
): number | undefined {
  const candidates = queues.flatMap((queue, index) => {
    const number = lifo[index] ? queue.at(-1) : queue[0];
    return number === undefined ? [] : [{ index, number }];
  });
  const rank = ({ index, number }: { index: number; number: number }) => {
    if (schedule === "fair") return (index - last - 1 + 2 * queues.length) % queues.length;
    return schedule === "lifo" ? -number : number;
  };
  return candidates.sort((a, b) => rank(a) - rank(b))[0]?.index;
}
