import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { PipelineGraph } from "../ami/mod.ts";
import { type Hop, hopRecord } from "./hop.ts";
import { blockingPipeline, congestedPipeline, inputsOf, pipeline } from "./pipeline_arbitraries.ts";
import { PipelineRun } from "./pipeline_run.ts";
import { referenceRun } from "./reference_executor.ts";
import type { RunInput } from "./run_input.ts";
import type { RunOptions } from "./run_options.ts";
import type { RunResult } from "./run_result.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

const RUNS = { numRuns: 400 };

const run = pipeline.chain((graph) =>
  fc.record({
    graph: fc.constant(graph),
    inputs: inputsOf(graph),
    limitMs: fc.option(fc.nat({ max: 20 }), { freq: 4 }),
  }),
);

function traced(graph: PipelineGraph, inputs: readonly RunInput[], options: RunOptions, budget: number) {
  const hops: Hop[] = [];
  const world = sampleWorld();
  const sinks = { hops: { hop: (...hop: Parameters<typeof hopRecord>) => void hops.push(hopRecord(...hop)) } };
  const one = new PipelineRun(graph, inputs, world, { ...options, sinks });
  while (one.step(budget) !== "done");
  return { result: one.result(), hops, stores: world.stores.states() };
}

function hopLine({ at, node, op, event, edge, reason }: Hop): string {
  return [at, node, op, event, edge, reason].join(" ");
}

function errorLines(result: RunResult): string[] {
  return result.errors.map(({ code, timestamp, data }) => {
    const at = Date.parse(timestamp);
    const event = data?.event;
    const id = typeof event === "object" && event !== null && "id" in event ? ` ${data?.node} ${event.id}` : "";
    return `${code} ${at}${id}`;
  });
}

/** Runs a pipeline and its reference, and compares all there is; nothing to compare where the run is refused. */
function expectReference(graph: PipelineGraph, inputs: readonly RunInput[], options: RunOptions): void {
  const { result, hops } = traced(graph, inputs, options, Number.MAX_SAFE_INTEGER);
  if (result.stop === "refused") return;
  const expected = referenceRun(graph, inputs, sampleWorld(), options);
  expect(hops.map(hopLine)).toEqual(expected.hops);
  expect(errorLines(result)).toEqual(expected.errors);
  expect(result.outputs).toEqual(expected.outputs);
  expect(result.errorOutputs).toEqual(expected.errorOutputs);
  expect(result.endMs).toBe(expected.endMs);
  for (const { stage, enqueued, emitted, dropped, shunted, silenced, errored, reasons } of result.stats) {
    const counted = { enqueued, emitted, dropped, shunted, silenced, errored, ...reasons };
    const nonZero = Object.fromEntries(Object.entries(counted).filter(([, value]) => value > 0));
    expect([stage.name, nonZero]).toEqual([stage.name, expected.counts[stage.name] ?? {}]);
  }
}

describe("random pipelines", () => {
  test("do what the pseudo-code of the page does, step by step (property)", () => {
    fc.assert(
      fc.property(run, ({ graph, inputs, limitMs }) => {
        expectReference(graph, inputs, limitMs === null ? {} : { limitMs: limitMs + 1 });
      }),
      RUNS,
    );
  }, 60_000);

  test("do so where every queue is full (property)", () => {
    const congested = congestedPipeline.chain((graph) => fc.tuple(fc.constant(graph), inputsOf(graph, 4)));
    fc.assert(
      fc.property(congested, ([graph, inputs]) => expectReference(graph, inputs, {})),
      RUNS,
    );
  }, 60_000);

  test("a batch that comes upon a step whose servers are done together fills its queue once, not twice", () => {
    const graph = sampleGraph(["ingress -> C -> T -> egress"], {
      C: { kind: "collect", plan: { sort: [{ field: "", order: "asc" }] } },
      T: { workers: 2, delay: 1, max: 2 },
    });
    const inputs = Array.from({ length: 12 }, (_, payload) => ({ at: 0, payload }));
    expectReference(graph, inputs, {});
  });

  test("give the same bytes with a budget of one turn a step, and in every run (acceptance 3, 33; property)", () => {
    fc.assert(
      fc.property(run, fc.integer({ min: 1, max: 5 }), ({ graph, inputs }, budget) => {
        const whole = JSON.stringify(traced(graph, inputs, {}, Number.MAX_SAFE_INTEGER));
        expect(JSON.stringify(traced(graph, inputs, {}, budget))).toBe(whole);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test("keep the law at every node, and hold nothing at the end (acceptance 22; property)", () => {
    fc.assert(
      fc.property(run, ({ graph, inputs }) => {
        const { result } = traced(graph, inputs, {}, Number.MAX_SAFE_INTEGER);
        for (const { stage, enqueued, emitted, dropped, shunted, silenced, errored, held } of result.stats) {
          const left = emitted + dropped + shunted + silenced + errored;
          expect([stage.name, left, held]).toEqual([stage.name, enqueued, 0]);
        }
        expect(result.run.outputs).toBe(result.outputs.length);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test("lose nothing where every edge blocks (property)", () => {
    const blocking = blockingPipeline.chain((graph) => fc.tuple(fc.constant(graph), inputsOf(graph)));
    fc.assert(
      fc.property(blocking, ([graph, inputs]) => {
        const { result } = traced(graph, inputs, {}, Number.MAX_SAFE_INTEGER);
        const entered = result.run.inputs;
        for (const { stage, enqueued, emitted, dropped, shunted } of result.stats) {
          expect([stage.name, enqueued - emitted, dropped, shunted]).toEqual([stage.name, 0, 0, 0]);
        }
        expect(result.run.outputs >= entered).toBe(true);
      }),
      { numRuns: 200 },
    );
  }, 60_000);

  test("do not care in which order events of different times are given (property)", () => {
    fc.assert(
      fc.property(run, fc.infiniteStream(fc.nat()), ({ graph, inputs }, draws) => {
        // Takes from any time's events the first that is left, until none is.
        const byTime = Map.groupBy(inputs, ({ at }) => at);
        const mixed: RunInput[] = [];
        while (byTime.size > 0) {
          const times = [...byTime.keys()];
          const time = times[draws.next().value % times.length] ?? 0;
          const [first, ...rest] = byTime.get(time) ?? [];
          if (first !== undefined) mixed.push(first);
          if (rest.length === 0) byTime.delete(time);
          else byTime.set(time, rest);
        }
        const whole = JSON.stringify(traced(graph, inputs, {}, Number.MAX_SAFE_INTEGER));
        expect(JSON.stringify(traced(graph, mixed, {}, Number.MAX_SAFE_INTEGER))).toBe(whole);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
