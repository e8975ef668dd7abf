import { describe, expect, test } from "bun:test";
import { WorkerFault, type WorkerFn } from "../ami/mod.ts";
import { PipelineRun } from "./pipeline_run.ts";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

const numbered = (...times: number[]) => times.map((at, k) => ({ at, payload: { k } }));
const slow = (delay: number) => sampleGraph(["ingress -> S -> egress"], { ingress: {}, S: { delay } });
const codes = (result: ReturnType<typeof runVirtual>) =>
  result.errors.map(({ code, message }) => `${code}: ${message}`);

describe("a limit", () => {
  const run = (limitMs: number) => runVirtual(slow(10), numbered(0, 0), sampleWorld(), { limitMs });

  test("lets what is due at it happen, and stops before what is due after it (acceptance 10 of ami-tests)", () => {
    expect([run(20).stop, run(20).endMs, run(20).outputs.length]).toEqual(["quiescent", 20, 2]);
    const late = run(19);
    expect([late.stop, late.endMs, late.outputs.map(({ at }) => at)]).toEqual(["timeout", 19, [10]]);
    expect(codes(late)).toEqual(["E_TIMEOUT: the run needs more than 19 ms"]);
    expect(late.errors[0]?.timestamp).toBe("1970-01-01T00:00:00.019Z");
  });

  test("leaves what it cut off held, and counted", () => {
    expect(run(5).stats.map(({ stage, enqueued, emitted, held }) => [stage.name, enqueued, emitted, held])).toEqual([
      ["ingress", 2, 2, 0],
      ["S", 2, 0, 2],
      ["egress", 0, 0, 0],
    ]);
  });

  test("of 0 is none", () => {
    expect(run(0).stop).toBe("quiescent");
  });
});

describe("a run that may not begin", () => {
  const timer = sampleGraph(["Timer -> egress"], { Timer: { timer: { intervalMs: 5, count: 1 } } });

  test("lacks a capability: no outputs, no statistics, one record (acceptance 5)", () => {
    const refused = runVirtual(timer, [], sampleWorld());
    expect([refused.stop, refused.outputs, refused.stats]).toEqual(["refused", [], []]);
    expect(codes(refused)).toEqual(["E_SANDBOX_DENIED: sandbox denied capability: device"]);
    expect(refused.run).toMatchObject({ duration_ms: 0, inputs: 0, outputs: 0, errors: 1 });
    expect(runVirtual(timer, [], sampleWorld(), { sandbox: { allowDevice: true } }).outputs.length).toBe(1);
  });

  test("names an ingress that does not exist (acceptance 35)", () => {
    const events = [
      { at: 0, payload: 1 },
      { at: 0, payload: 2, ingress: "ingres" },
    ];
    const refused = runVirtual(slow(0), events, sampleWorld());
    expect([refused.stop, refused.outputs, refused.stats.map(({ enqueued }) => enqueued)]).toEqual([
      "refused",
      [],
      [0, 0, 0],
    ]);
    expect(codes(refused)).toEqual(['E_INGRESS_UNKNOWN: unknown ingress "ingres"; did you mean ingress?']);
    const none = runVirtual(timer, events, sampleWorld(), { sandbox: { allowDevice: true } });
    expect(codes(none)).toEqual(["E_INGRESS_UNKNOWN: the pipeline has no ingress that an event could enter"]);
  });

  test("would tick for ever", () => {
    const endless = { sandbox: { allowDevice: true }, timerCount: 0 };
    expect(runVirtual(timer, [], sampleWorld(), endless).errors.map(({ code }) => code)).toEqual(["E_TIMER_UNBOUNDED"]);
  });

  test("is over before its first step, and steps no further", () => {
    const run = new PipelineRun(timer, [], sampleWorld());
    expect([run.stop, run.step(1), run.nextTime, run.wantsInput]).toEqual([
      "refused",
      "done",
      Number.POSITIVE_INFINITY,
      false,
    ]);
  });
});

describe("an endless Timer", () => {
  const graph = sampleGraph(
    ["ingress -> egress", "Timer -> egress"],
    { ingress: {}, Timer: { timer: { intervalMs: 4, count: 0 } } },
    { granted: new Set(["device"]) },
  );

  test("stops at the tick that finds no event to come (pipelines §10)", () => {
    const { outputs, endMs } = runVirtual(graph, [{ at: 9, payload: "x" }], sampleWorld());
    expect(outputs.map(({ at, id }) => `${at} ${id}`)).toEqual(["4 P/Timer/0", "8 P/Timer/1", "9 P/ingress/0"]);
    expect(endMs).toBe(12);
  });

  test("an event that comes with a tick comes first, so the tick finds nothing more", () => {
    const { outputs } = runVirtual(graph, [{ at: 8, payload: "x" }], sampleWorld());
    expect(outputs.map(({ at, id }) => `${at} ${id}`)).toEqual(["4 P/Timer/0", "8 P/ingress/0"]);
  });
});

describe("a run that cannot go on", () => {
  test("takes too many entries: E_RUN_BUDGET", () => {
    // Three entries an event: it arrives, and is done at two nodes.
    const graph = sampleGraph(["ingress -> egress"]);
    const within = runVirtual(graph, numbered(0, 0), sampleWorld(), { entryBudget: 6 });
    expect([within.stop, within.outputs.length]).toEqual(["quiescent", 2]);
    const beyond = runVirtual(graph, numbered(0, 0), sampleWorld(), { entryBudget: 5 });
    expect([beyond.stop, beyond.outputs.length]).toEqual(["budget", 1]);
    expect(codes(beyond)).toEqual(["E_RUN_BUDGET: the run needs more than 5 agenda entries"]);
  });

  test("has a worker that hangs: what left before stays, nothing happens after", () => {
    const hang: WorkerFn = (event) =>
      event.id === "P/ingress/1" ? new WorkerFault("E_WORKER_HANG", "hangs") : event.payload;
    const graph = { ...sampleGraph(["ingress -> T -> egress"], { T: { run: hang } }), error: sampleGraph(["egress"]) };
    const entered: boolean[] = [];
    const { stop, outputs, errorOutputs } = runVirtual(graph, numbered(0, 0, 0), sampleWorld(), {
      sinks: { error: (record, enters) => entered.push(record.code === "E_WORKER_HANG" && enters) },
    });
    expect([stop, outputs.length, errorOutputs, entered]).toEqual(["failed", 1, [], [false]]);
  });

  test("holds more partitions than it may: forced without --strict, E_MERGE_OVERFLOW with it (acceptance 34)", () => {
    const plan = { sort: [{ field: "k", order: "asc" as const }], partitionBy: "k" };
    const graph = sampleGraph(["ingress -> C -> egress"], { C: { kind: "collect", plan } });
    const events = numbered(...new Array<number>(70_000).fill(0));
    const loose = runVirtual(graph, events, sampleWorld());
    expect([loose.stop, loose.outputs.length, loose.stats[1]?.forced]).toEqual(["quiescent", 70_000, 4464]);
    const strict = runVirtual(graph, events, sampleWorld(), { strict: true });
    expect([strict.stop, strict.outputs.length, strict.stats[1]?.held]).toEqual(["failed", 0, 65_537]);
    expect(strict.errors.map(({ code, data }) => `${code} ${data?.node}`)).toEqual(["E_MERGE_OVERFLOW C"]);
  });
});
