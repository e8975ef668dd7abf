import { describe, expect, test } from "bun:test";
import { SILENCE, WorkerFault, type WorkerFn } from "../ami/mod.ts";
import type { RunOptions } from "./run_options.ts";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";

const numbered = (...times: number[]) => times.map((at, k) => ({ at, payload: { k } }));
const slow = (delay: number) => sampleGraph(["ingress -> S -> egress"], { ingress: {}, S: { delay } });

describe("filter and transform of the options (pipelines §14)", () => {
  const seen: string[] = [];
  const spy =
    (name: string): WorkerFn =>
    ({ payload }) => {
      seen.push(`${name} ${JSON.stringify(payload)}`);
      return payload === 1 && name === "filter" ? SILENCE : [name, payload];
    };
  const graph = {
    ...sampleGraph(["ingress -> FanOut -> T -> M -> egress"], {
      T: { run: spy("T") },
      M: { kind: "mutable" },
      ingress: {},
    }),
    error: sampleGraph(["E -> egress"], { E: { run: spy("E") } }),
  };
  const options: RunOptions = { filter: spy("filter"), transform: spy("transform") };

  test("come before the worker of every Transform and Mutable, filter first, and not in the error pipeline", () => {
    const { outputs, errorOutputs, stats } = runVirtual(
      graph,
      [
        { at: 0, payload: 0 },
        { at: 1, payload: 1 },
        { at: 2, payload: 2, errorCode: "E_X" },
      ],
      sampleWorld(),
      options,
    );
    expect(seen.splice(0).slice(0, 6)).toEqual([
      "filter 0",
      'transform ["filter",0]',
      'T ["transform",["filter",0]]',
      'filter ["T",["transform",["filter",0]]]',
      'transform ["filter",["T",["transform",["filter",0]]]]',
      "filter 1",
    ]);
    expect(outputs.length).toBe(1);
    expect(stats.map(({ stage, silenced }) => `${stage.name} ${silenced}`)).toContain("T 1");
    expect(JSON.stringify(errorOutputs[0]?.payload)).toStartWith('["E",{"schema":"errors.v1"');
  });
});

test("the record of an error shows the payload that the step received, whatever the options made of it (pipelines §11)", () => {
  const graph = sampleGraph(["ingress -> T -> egress"], { T: { run: () => new WorkerFault("E_X", "x") } });
  const options: RunOptions = { filter: () => "filtered", transform: () => "transformed" };
  const { errors } = runVirtual(graph, [{ at: 0, payload: "received" }], sampleWorld(), options);
  expect(errors[0]?.data?.event).toEqual({ id: "P/ingress/0", payload: "received" });
});

describe("the state of a step", () => {
  const count: WorkerFn = ({ payload }, { state }) => {
    const n = Number(state.get("n") ?? 0) + 1;
    state.put("n", n);
    return payload === "bad" ? new WorkerFault("E_BAD", "bad") : n;
  };
  const graph = sampleGraph(["ingress -> T -> egress"], { T: { run: count } });
  const events = ["a", "bad", "b"].map((payload) => ({ at: 0, payload }));

  test("is the store <pipeline>/<step>; a call that ends in an error leaves it as it was (acceptance 18)", () => {
    const world = sampleWorld();
    world.stores.store("P/T").put("n", 40);
    expect(runVirtual(graph, events, world).outputs.map(({ payload }) => payload)).toEqual([41, 42]);
    expect(world.stores.store("P/T").metrics()).toEqual({
      currentSize: 1,
      evictions: 0,
      expirations: 0,
      hits: 2,
      misses: 0,
    });
  });

  test("is opened when it is first used, so that a run shows only stores that it used", () => {
    const world = sampleWorld();
    runVirtual(slow(0), events, world);
    expect(world.stores.namespaces()).toEqual([]);
    runVirtual(graph, events, world);
    expect(world.stores.namespaces()).toEqual(["P/T"]);
  });
});

describe("time", () => {
  test("counts from the start of the run, and sets the clock of the world from where it stands", () => {
    const world = sampleWorld(1000);
    const { outputs, endMs } = runVirtual(slow(7), numbered(3), world);
    expect([outputs[0]?.at, endMs, world.clock.now()]).toEqual([10, 10, 1010]);
  });

  test("of records may be that of the day", () => {
    const epochMs = Date.UTC(2024, 1, 29);
    const { errors } = runVirtual(slow(9), numbered(0), sampleWorld(), { limitMs: 5, epochMs });
    expect(errors[0]?.timestamp).toBe("2024-02-29T00:00:00.005Z");
  });
});

describe("events", () => {
  test("keep what their envelope says, and count by source otherwise", () => {
    const seen: unknown[] = [];
    const look: WorkerFn = ({ id, attempt, trace, time }) => {
      seen.push([id, attempt, trace, time]);
      return SILENCE;
    };
    const graph = sampleGraph(["a -> T", "b -> T -> egress"], {
      a: { kind: "ingress" },
      b: { kind: "ingress" },
      T: { run: look },
    });
    const events = [
      { at: 5, payload: 0 },
      { at: 5, payload: 0, id: "mine", attempt: 3, trace: { t: 1 } },
      { at: 6, payload: 0, ingress: "b" },
      { at: 4, payload: 0 },
    ];
    runVirtual(graph, events, sampleWorld());
    expect(seen).toEqual([
      ["P/a/0", 1, null, 4],
      ["P/a/1", 1, null, 5],
      ["mine", 3, { t: 1 }, 5],
      ["P/b/0", 1, null, 6],
    ]);
  });

  test("a simulated error is raised at its ingress, at its time, and does not enter (ami-tests §4)", () => {
    const graph = { ...slow(0), error: sampleGraph(["egress"]) };
    const entries: number[] = [];
    const events = [
      { at: 2, payload: { k: 1 }, errorCode: "E_BUS" },
      { at: 1, payload: 0, onEntry: () => entries.push(1) },
    ];
    const { errors, stats, run, errorOutputs } = runVirtual(graph, events, sampleWorld());
    expect(errors).toEqual([
      {
        schema: "errors.v1",
        timestamp: "1970-01-01T00:00:00.002Z",
        level: "error",
        code: "E_BUS",
        message: "simulated error E_BUS",
        data: { event: { id: "P/ingress/1", payload: { k: 1 } }, node: "ingress", pipeline: "P" },
      },
    ]);
    expect(errorOutputs.map(({ id, payload }) => [id, payload])).toEqual([["P/error/0", errors[0]]] as never);
    expect([stats[0]?.enqueued, run.inputs, run.errors, entries]).toEqual([1, 1, 1, [1]]);
  });
});

describe("the statistics of a run", () => {
  test("stand in the order of the page (pipelines §13)", () => {
    const graph = sampleGraph(["ingress -> S -> egress"], {
      ingress: {},
      S: { delay: 10, max: 2, policy: "dropOldest" },
    });
    const { stats, run } = runVirtual(graph, numbered(0, 0, 0, 0, 0, 0), sampleWorld());
    expect(JSON.stringify(stats[1])).toBe(
      '{"schema":"stage.stats.v1","pipeline":"P","stage":{"index":1,"kind":"transform","name":"S"},"enqueued":6,"emitted":3,' +
        '"dropped":3,"shunted":0,"silenced":0,"errored":0,"expired":0,"held":0,"reasons":{"dropOldest":3}}',
    );
    expect(JSON.stringify(run)).toBe(
      '{"schema":"run.stats.v1","pipeline":"P","duration_ms":30,"inputs":6,"outputs":3,"errors":0,"warnings":0,' +
        '"dropped":3,"shunted":0,"silenced":0}',
    );
  });
});

describe("a FanOut", () => {
  test("waits with both branches while one is full; nothing is lost (acceptance 15)", () => {
    const graph = sampleGraph(["ingress -> FanOut -> slow -> egress", "FanOut -> fast -> egress"], {
      ingress: {},
      FanOut: { max: 1 },
      slow: { delay: 10, max: 1 },
      fast: {},
    });
    const { outputs, stats } = runVirtual(graph, numbered(0, 0, 0, 0), sampleWorld());
    expect(outputs.length).toBe(8);
    expect(stats.every(({ dropped, shunted, held }) => dropped + shunted + held === 0)).toBe(true);
    const { hops } = hopsOf(graph);
    expect(hops).toContain("0 FanOut block P/ingress/2 FanOut->slow");
    expect(hops).toContain("10 FanOut resume P/ingress/2 FanOut->slow");
    expect(hops).toContain("10 fast queue P/ingress/2 FanOut->fast");
  });

  function hopsOf(graph: ReturnType<typeof sampleGraph>) {
    const hops: string[] = [];
    const sink = {
      hop: (at: number, node: string, op: string, event?: { id: string }, edge?: { id: string }) =>
        void hops.push([at, node, op, event?.id, edge?.id].join(" ").trim()),
    };
    runVirtual(graph, numbered(0, 0, 0, 0), sampleWorld(), { sinks: { hops: sink } });
    return { hops };
  }
});
