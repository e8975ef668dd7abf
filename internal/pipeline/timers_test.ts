import { expect, test } from "bun:test";
import { runVirtual } from "./run_virtual.ts";
import { sampleGraph, sampleWorld } from "./sample_graph.ts";
import { TimerError } from "./timers.ts";

const ticks = (intervalMs: number, timerInterval?: number) => () => {
  const graph = sampleGraph(
    ["Timer -> egress"],
    { Timer: { timer: { intervalMs, count: 2 } } },
    { granted: new Set(["device"]) },
  );
  return runVirtual(graph, [], sampleWorld(), { timerInterval }).outputs.length;
};

test("a Timer without an interval cannot run, and says so with a code (pipelines §14)", () => {
  for (const run of [ticks(0), ticks(Number.NaN), ticks(5, 0)]) {
    expect(run).toThrow(TimerError);
    expect(run).toThrow(
      expect.objectContaining({
        code: "E_TIMER_ARGS",
        message: expect.stringMatching(/^E_TIMER_ARGS: Timer Timer has/),
      }),
    );
  }
  expect([ticks(5)(), ticks(0, 5)()]).toEqual([2, 2]);
});
