import { describe, expect, test } from "bun:test";
import type { HopSink } from "./hop.ts";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

const COUNT = 10_000;
const names = Array.from({ length: COUNT }, (_, index) => `T${index}`);
const MANY = 30_000;
const many = Array.from({ length: MANY }, (_, index) => `T${index}`);
const events = Array.from({ length: 5 }, (_, k) => ({ at: k, payload: { k } }));

describe(`graphs of ${COUNT} steps and more are run in time and memory that their size bounds`, () => {
  test("one behind the other, each with a thousand servers", () => {
    const steps = Object.fromEntries(names.map((name) => [name, { workers: 1024 }]));
    const { outputs, stats } = runVirtual(
      sampleGraph([`ingress -> ${names.join(" -> ")} -> egress`], { ingress: {}, ...steps }),
      events,
      sampleWorld(),
    );
    expect([outputs.length, stats.length]).toEqual([5, COUNT + 2]);
  }, 10_000);

  test("side by side, which all meet again", () => {
    const graph = sampleGraph(names.flatMap((name) => [`ingress -> ${name}`, `${name} -> egress`]));
    const { outputs, stats } = runVirtual(graph, events, sampleWorld());
    expect([outputs.length, stats.at(-1)?.enqueued]).toEqual([5 * COUNT, 5 * COUNT]);
  }, 10_000);

  test("side by side into a Collect", () => {
    const steps = { C: { kind: "collect", plan: { sort: [{ field: "k", order: "asc" }] } } } as const;
    const graph = sampleGraph(
      [...names.flatMap((name) => [`ingress -> ${name}`, `${name} -> C`]), "C -> egress"],
      steps,
    );
    const { outputs } = runVirtual(graph, events, sampleWorld());
    expect(outputs.length).toBe(5 * COUNT);
  }, 10_000);

  // Looking through the steps or the inputs at every instant took 20 s.
  test.each([0, 1])(
    "side by side into a Collect of delay %i, where every step ends at an instant of its own",
    (delay) => {
      const delays = Object.fromEntries(many.map((name, index) => [name, { delay: 2 * (MANY - index) }]));
      const steps = {
        ...delays,
        C: { kind: "collect", delay, plan: { sort: [{ field: "k", order: "asc" }] } },
      } as const;
      const graph = sampleGraph(
        [...many.flatMap((name) => [`ingress -> ${name}`, `${name} -> C`]), "C -> egress"],
        steps,
      );
      const ended: string[] = [];
      const hops: HopSink = {
        hop: (at, node, op, _event, edge) => op === "end" && ended.push(`${at} ${edge?.id ?? node}`),
      };
      const { outputs } = runVirtual(graph, [{ at: 0, payload: {} }], sampleWorld(), { sinks: { hops } });
      expect(outputs.length).toBe(MANY);
      const ends = many.toReversed().flatMap((name, index) => {
        const at = 2 * (index + 1);
        return [`${at} ${name}`, `${at + delay} ${name}->C`];
      });
      const last = 2 * MANY + delay;
      expect(ended).toEqual(["0 ingress", ...ends, `${last} C`, `${last} egress`]);
    },
    5_000,
  );
});
