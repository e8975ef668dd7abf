import { expect, test } from "bun:test";
import {
  attachCollect,
  makeModuleWithEdges,
  newEngineFromModule,
  newMergePlan,
  type SandboxPolicy,
  tempDir,
  testWorld,
} from "./mod.ts";

// The worked example of pipelines §14: Timer -> Transform -> Collect.

function heartbeat(sandbox: SandboxPolicy) {
  const world = testWorld({});
  const dir = tempDir();
  const edges = [
    { from: "ingress", to: "Timer" },
    { from: "Timer", to: "X" },
    { from: "X", to: "Collect" },
    { from: "Collect", to: "egress" },
  ];
  let m = makeModuleWithEdges(dir, "app", "P", edges);
  m = attachCollect(m, "P", "Collect", newMergePlan().sortAsc("ts").window(1).build());
  return newEngineFromModule(m).runPipelineWithStats(world, m, "P", null, {
    filter: "none",
    transform: "add_field:flag",
    timerInterval: 5,
    timerCount: 3,
    sandbox,
  });
}

test("acceptance 4: the builders' example leaves exactly three events, at 5, 10 and 15 ms", () => {
  const { outputs, errors, run } = heartbeat({ allowDevice: true });
  expect(outputs).toEqual([
    { id: "P/Timer/0", payload: { flag: true, i: 0, ts: "1970-01-01T00:00:00.005Z" }, at: 5 },
    { id: "P/Timer/1", payload: { flag: true, i: 1, ts: "1970-01-01T00:00:00.010Z" }, at: 10 },
    { id: "P/Timer/2", payload: { flag: true, i: 2, ts: "1970-01-01T00:00:00.015Z" }, at: 15 },
  ]);
  expect(errors).toEqual([]);
  expect(run).toMatchObject({ duration_ms: 15, inputs: 0, outputs: 3 });
});

test("acceptance 5: without the device it leaves nothing but one record", () => {
  const { outputs, stats, errors } = heartbeat({});
  expect(outputs).toEqual([]);
  expect(stats).toEqual([]);
  expect(errors.map(({ code, message }) => [code, message])).toEqual([
    ["E_SANDBOX_DENIED", "sandbox denied capability: device"],
  ]);
});

test("two runs of equal worlds leave the same bytes", () => {
  const run = () => JSON.stringify(heartbeat({ allowDevice: true }));
  expect(run()).toBe(run());
});
