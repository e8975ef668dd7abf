import { describe, expect, test } from "bun:test";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

const COUNT = 10_000;
const names = Array.from({ length: COUNT }, (_, index) => `T${index}`);
const events = Array.from({ length: 5 }, (_, k) => ({ at: k, payload: { k } }));

describe(`graphs of ${COUNT} steps are run in time and memory that their size bounds`, () => {
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
});
