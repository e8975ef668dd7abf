import { describe, expect, test } from "bun:test";
import { fixedWall } from "../world/mod.ts";
import {
  CheckError,
  type Edge,
  type ExecOptions,
  makeCollectOnlyModule,
  makeModuleWithEdges,
  makeTransformOnlyModule,
  newEngineFromModule,
  newMergePlan,
  runPipelineWithStats,
  tempDir,
  testWorld,
} from "./mod.ts";

const dir = tempDir();
const made = (edges: readonly Edge[]) => makeModuleWithEdges(dir, "app", "P", edges);
const codesOf = (act: () => unknown): readonly string[] => {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof CheckError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
};

describe("the check of a module", () => {
  test("edges must name an ingress and an egress", () => {
    expect(codesOf(() => newEngineFromModule(made([{ from: "A", to: "B" }])))).toEqual([
      "E_PIPELINE_START_INGRESS",
      "E_PIPELINE_END_EGRESS",
    ]);
    expect(codesOf(() => newEngineFromModule(made([{ from: "Timer", to: "egress" }])))).toEqual([
      "E_PIPELINE_START_INGRESS",
    ]);
  });

  test("the rows about graphs hold as for a source", () => {
    const cycle = [
      { from: "ingress", to: "A" },
      { from: "A", to: "B" },
      { from: "B", to: "A" },
      { from: "A", to: "egress" },
    ];
    expect(codesOf(() => newEngineFromModule(made(cycle)))).toEqual(["E_PIPELINE_CYCLE"]);
  });

  test("capacities are checked", () => {
    const edge = { from: "ingress", to: "egress" };
    expect(codesOf(() => newEngineFromModule(made([{ ...edge, maxCapacity: 0 }])))).toEqual([
      "E_EDGE_CAPACITY_INVALID",
    ]);
    expect(codesOf(() => newEngineFromModule(made([{ ...edge, minCapacity: 3, maxCapacity: 2 }])))).toEqual([
      "E_EDGE_CAPACITY_ORDER",
    ]);
  });

  test("a pipeline that cannot run does not keep others from it, and is refused when it is run", () => {
    const good = made([{ from: "ingress", to: "egress" }]);
    const bad = { name: "Q", edges: [{ from: "A", to: "egress" }], collects: [] };
    const module = { ...good, pipelines: [...good.pipelines, bad] };
    const engine = newEngineFromModule(module);
    expect(engine.runPipelineWithStats(testWorld(), module, "P", [1]).outputs).toHaveLength(1);
    expect(codesOf(() => engine.runPipelineWithStats(testWorld(), module, "Q", [1]))).toEqual([
      "E_PIPELINE_START_INGRESS",
    ]);
  });

  test("a pipeline that the module does not have is refused", () => {
    const module = made([{ from: "ingress", to: "egress" }]);
    expect(codesOf(() => runPipelineWithStats(testWorld(), module, "Q", null))).toEqual(["E_PIPELINE_UNKNOWN"]);
  });
});

describe("a run", () => {
  const run = (input: Parameters<typeof runPipelineWithStats>[3], options: ExecOptions, edges?: readonly Edge[]) => {
    const module = edges === undefined ? makeTransformOnlyModule(dir, "app", "P", ["T", "Mutable"]) : made(edges);
    return newEngineFromModule(module).runPipelineWithStats(testWorld(), module, "P", input, options);
  };
  const payloads = (result: ReturnType<typeof run>) => result.outputs.map(({ payload }) => payload);

  test("takes payloads and envelopes", () => {
    const { outputs } = run([{ k: 1 }, { schema: "events.v1", payload: 2, at_ms: 7, id: "x" }], {});
    expect(outputs).toEqual([
      { id: "P/ingress/0", payload: { k: 1 }, at: 0 },
      { id: "x", payload: 2, at: 7 },
    ]);
  });

  test("filter and transform apply at every Transform and Mutable, filter first", () => {
    const options = { filter: "drop_even", transform: "add_field:f" };
    const result = run([{ i: 1 }, { i: 2 }], options);
    expect(payloads(result)).toEqual([{ i: 1, f: true }]);
    expect(result.stats.map(({ stage, silenced }) => [stage.name, silenced])).toContainEqual(["T", 1]);
  });

  test("an unknown text is E_WORKER_UNDEFINED, a Timer without interval E_TIMER_ARGS", () => {
    expect(codesOf(() => run([], { filter: "nope" }))).toEqual(["E_WORKER_UNDEFINED"]);
    const timer = [
      { from: "ingress", to: "Timer" },
      { from: "Timer", to: "egress" },
    ];
    expect(codesOf(() => run([], { sandbox: { allowDevice: true } }, timer))).toEqual(["E_TIMER_ARGS"]);
    expect(codesOf(() => run([], { timerInterval: 0 }, timer))).toEqual(["E_TIMER_ARGS"]);
    expect(codesOf(() => run([], { workers: 0 }))).toEqual(["E_CONCURRENCY_WORKERS"]);
  });

  test("every event that leaves is emitted when it leaves", () => {
    const emitted: unknown[] = [];
    const { outputs } = run([1, 2], { emit: (event) => emitted.push(event) });
    expect(emitted).toEqual([...outputs]);
    expect(outputs).toHaveLength(2);
  });

  test("a limit ends it with E_TIMEOUT", () => {
    const { errors, run: totals } = run([1, { schema: "events.v1", payload: 2, at_ms: 9 }], { limitMs: 8 });
    expect(errors.map(({ code }) => code)).toEqual(["E_TIMEOUT"]);
    expect(totals).toMatchObject({ inputs: 1, outputs: 1, duration_ms: 8 });
  });

  test("policies of edges hold, and steps of one name are told apart by their ids", () => {
    const edges: Edge[] = [
      { from: "ingress", to: "A" },
      { from: "A", to: "A", toId: 2, maxCapacity: 1, backpressure: "dropNewest" },
      { from: "A", fromId: 2, to: "egress" },
    ];
    expect(run([1], {}, edges).stats.map(({ stage }) => stage.name)).toEqual(["ingress", "A", "A#2", "egress"]);
  });

  test("the buffer of a Collect is the capacity of its in-queues too, unless the edge says another", () => {
    const module = makeCollectOnlyModule(
      dir,
      "app",
      "P",
      "C",
      newMergePlan().sortAsc("").buffer(2, "dropNewest").build(),
    );
    expect(runPipelineWithStats(testWorld(), module, "P", [3, 1, 2]).stats).toContainEqual(
      expect.objectContaining({ dropped: 1, reasons: { dropNewest: 1 } }),
    );
  });

  test("in a world with a real clock there is no such thing", () => {
    const module = made([{ from: "ingress", to: "egress" }]);
    const world = { ...testWorld(), clock: { now: () => fixedWall().nowMs() } };
    expect(() => runPipelineWithStats(world, module, "P", [])).toThrow(/needs a world with a virtual clock/);
  });
});
