import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { PipelineGraph, WorkerFn } from "../ami/mod.ts";
import { QuickTime, realTime } from "../world/mod.ts";
import { type Hop, hopRecord } from "./hop.ts";
import { AsyncFeed, type LiveFeed } from "./live_feed.ts";
import { inputsOf, liveablePipeline } from "./pipeline_arbitraries.ts";
import { PipelineRun } from "./pipeline_run.ts";
import type { RunInput } from "./run_input.ts";
import { runLive } from "./run_live.ts";
import type { RunOptions } from "./run_options.ts";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

/** Events that come at their times, as a real input would bring them, and its end with the last. */
function scripted(inputs: readonly RunInput[]): { time: QuickTime; feed: LiveFeed } {
  const sorted = [...inputs].sort((a, b) => a.at - b.at);
  const time = new QuickTime(sorted.map(({ at }) => ({ at, run: () => time.ring() })));
  let next = 0;
  const feed: LiveFeed = {
    fill: (run, at) => {
      for (let event = sorted[next]; event !== undefined && event.at <= at; event = sorted[next]) {
        if (!run.wantsInput) return "more";
        run.push(event, event.at);
        next += 1;
      }
      return next === sorted.length ? "ended" : "waiting";
    },
    stop: () => undefined,
  };
  return { time, feed };
}

async function live(graph: PipelineGraph, inputs: readonly RunInput[], options: RunOptions = {}) {
  const { time, feed } = scripted(inputs);
  const run = new PipelineRun(graph, [], sampleWorld(), { ...options, live: true });
  await runLive(run, time, feed);
  return run.result();
}

describe("a live run", () => {
  test("does at every instant what a virtual run does with the same arrivals (property)", async () => {
    const cases = liveablePipeline.chain((graph) => fc.tuple(fc.constant(graph), inputsOf(graph)));
    await fc.assert(
      fc.asyncProperty(cases, async ([graph, inputs]) => {
        const hops: [virtual: Hop[], live: Hop[]] = [[], []];
        const sinks = (list: Hop[]) => ({
          hops: { hop: (...hop: Parameters<typeof hopRecord>) => void list.push(hopRecord(...hop)) },
        });
        const expected = runVirtual(graph, inputs, sampleWorld(), { sinks: sinks(hops[0]) });
        const result = await live(graph, inputs, { sinks: sinks(hops[1]) });
        expect(hops[1]).toEqual(hops[0]);
        expect(result).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test("runs late what it is late with, in order, at the times it was due for (pipelines §8)", async () => {
    const times: number[] = [];
    const { time, feed } = scripted([0, 1, 2, 9].map((at) => ({ at, payload: at })));
    const work: WorkerFn = ({ payload }, { now }) => {
      times.push(now());
      time.pass(5);
      return payload;
    };
    const graph = sampleGraph(["ingress -> T -> egress"], { T: { run: work, delay: 1 } });
    const run = new PipelineRun(graph, [], sampleWorld(), { live: true });
    await runLive(run, time, feed);
    expect(times).toEqual([1, 2, 3, 10]);
    expect(run.result().outputs.map(({ at }) => at)).toEqual([1, 2, 3, 10]);
    // Real time went on while the workers were at work.
    expect(run.result().run.duration_ms).toBeGreaterThanOrEqual(15);
  });

  test("pauses its input while an ingress holds 1024 events, and loses none", async () => {
    const graph = sampleGraph(["ingress -> S -> egress"], { ingress: {}, S: { delay: 1, max: 1 } });
    let most = 0;
    let made = 0;
    const time = new QuickTime();
    const feed: LiveFeed = {
      fill: (run, at) => {
        while (run.wantsInput && made < 3000) run.push({ payload: made++ }, at);
        const ingress = run.result().stats[0];
        most = Math.max(most, ingress?.held ?? 0);
        return made < 3000 ? "more" : "ended";
      },
      stop: () => undefined,
    };
    const left: unknown[] = [];
    const sinks = { output: ({ payload }: { payload: unknown }) => void left.push(payload) };
    const run = new PipelineRun(graph, [], sampleWorld(), { live: true, sinks });
    await runLive(run, time, feed);
    expect(left).toEqual(Array.from({ length: 3000 }, (_, k) => k));
    expect([most > 1000, most <= 1025]).toEqual([true, true]);
  });

  test("records an event for an unknown ingress, in its error pipeline too, and goes on (acceptance 35)", async () => {
    const graph = { ...sampleGraph(["ingress -> egress"]), error: sampleGraph(["egress"]) };
    const inputs = [
      { at: 0, payload: 1 },
      { at: 1, payload: 2, ingress: "nope" },
      { at: 2, payload: 3 },
    ];
    const { outputs, errors, errorOutputs } = await live(graph, inputs);
    expect(outputs.map(({ payload }) => payload)).toEqual([1, 3]);
    expect(errors.map(({ code, data }) => [code, data])).toEqual([
      ["E_INGRESS_UNKNOWN", { event: { id: "P/nope/0", payload: 2 }, ingress: "nope", pipeline: "P" }],
    ]);
    expect(errorOutputs.length).toBe(1);
  });

  test("records every event for a pipeline without ingress, to the end of its input (pipelines §5)", async () => {
    const graph = sampleGraph(
      ["Timer -> egress"],
      { Timer: { timer: { intervalMs: 1, count: 1 } } },
      { granted: new Set(["device"]) },
    );
    const { outputs, errors, endMs } = await live(graph, [
      { at: 0, payload: 1 },
      { at: 9, payload: 2 },
    ]);
    expect(outputs.map(({ at }) => at)).toEqual([1]);
    expect(errors.map(({ timestamp, code, data }) => `${timestamp} ${code} ${JSON.stringify(data?.event)}`)).toEqual([
      '1970-01-01T00:00:00.000Z E_INGRESS_UNKNOWN {"id":"P/ingress/0","payload":1}',
      '1970-01-01T00:00:00.009Z E_INGRESS_UNKNOWN {"id":"P/ingress/1","payload":2}',
    ]);
    expect(endMs).toBe(1);
  });

  test("ends at its limit although more may come", async () => {
    const time = new QuickTime();
    const run = new PipelineRun(sampleGraph(["ingress -> egress"]), [], sampleWorld(), { live: true, limitMs: 50 });
    const never: LiveFeed = { fill: () => "waiting", stop: () => undefined };
    await runLive(run, time, never);
    expect([run.stop, run.result().endMs, time.monotonicMs()]).toEqual(["timeout", 50, 51]);
  });

  test("says when an instant has ended, so that outputs are written by then", async () => {
    const log: string[] = [];
    const sinks = {
      output: (_: unknown, at: number) => void log.push(`output ${at}`),
      instantEnd: () => void log.push("end"),
    };
    await live(
      sampleGraph(["ingress -> egress"]),
      [0, 0, 5].map((at) => ({ at, payload: at })),
      { sinks },
    );
    const first = log.indexOf("end");
    expect(log.slice(0, first)).toEqual(["output 0", "output 0"]);
    expect(log.slice(first).filter((line) => line !== "end")).toEqual(["output 5"]);
    expect(log.at(-1)).toBe("end");
  });
});

describe("a live run that is drained (SIGINT, acceptance 26 and 32)", () => {
  const graph = sampleGraph(
    ["ingress -> C -> egress", "Timer -> C"],
    {
      ingress: {},
      Timer: { timer: { intervalMs: 10, count: 0 } },
      C: { kind: "collect", plan: { sort: [{ field: "", order: "asc" }] } },
    },
    { granted: new Set(["device"]) },
  );

  test("releases what its Collects hold, and ends", async () => {
    const run = new PipelineRun(graph, [], sampleWorld(), { live: true });
    const interrupt = () => {
      run.drain();
      time.ring();
    };
    const time = new QuickTime([{ at: 35, run: interrupt }]);
    let pushed = false;
    const feed: LiveFeed = {
      fill: (live, at) => {
        if (!pushed) for (const payload of [3, 1, 2]) live.push({ payload }, at);
        pushed = true;
        return "waiting";
      },
      stop: () => undefined,
    };
    await runLive(run, time, feed);
    const { stop, outputs, stats } = run.result();
    expect(stop).toBe("quiescent");
    expect(outputs.map(({ payload }) => payload).slice(0, 3)).toEqual([1, 2, 3]);
    expect(outputs.length).toBe(6);
    expect(stats.every(({ held }) => held === 0)).toBe(true);
  });

  test("a virtual run lets go of what was to come", () => {
    const run = new PipelineRun(
      sampleGraph(["ingress -> egress"]),
      [
        { at: 0, payload: 1 },
        { at: 9, payload: 2 },
      ],
      sampleWorld(),
    );
    run.drain();
    expect(run.step(1000)).toBe("done");
    expect([run.result().outputs.length, run.result().endMs]).toEqual([1, 0]);
  });
});

describe("the events of an asynchronous iterable", () => {
  const graph = sampleGraph(["ingress -> egress"]);

  test("enter one after another, by the clock of this machine", async () => {
    let cleaned = false;
    async function* events() {
      try {
        for (let k = 0; k < 50; k += 1) yield { payload: k };
      } finally {
        cleaned = true;
      }
    }
    const time = realTime();
    const run = new PipelineRun(graph, [], sampleWorld(), { live: true });
    await runLive(run, time, new AsyncFeed(events(), time));
    expect(run.result().outputs.map(({ payload }) => payload)).toEqual(Array.from({ length: 50 }, (_, k) => k));
    expect(cleaned).toBe(true);
  });

  test("are let go of when the run is drained", async () => {
    const time = realTime();
    const run = new PipelineRun(graph, [], sampleWorld(), { live: true });
    let stopped = false;
    const endless: AsyncIterable<{ payload: number }> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          stopped = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const over = runLive(run, time, new AsyncFeed(endless, time));
    run.drain();
    time.ring();
    await over;
    expect([run.stop, stopped]).toEqual(["quiescent", true]);
  });

  test("what they throw ends the run", async () => {
    async function* events() {
      yield { payload: 1 };
      throw new Error("the link is down");
    }
    const time = realTime();
    const run = new PipelineRun(graph, [], sampleWorld(), { live: true });
    await expect(runLive(run, time, new AsyncFeed(events(), time))).rejects.toThrow("the link is down");
  });
});
