import { afterAll, describe, expect, test } from "bun:test";
import { ExecutorScripts } from "../testkit/mod.ts";
import type { RunRequest } from "./engine.ts";
import { executorSetup, oneStep } from "./executor_fixtures.ts";
import { ProcessEngine } from "./process_engine.ts";

const scripts = new ExecutorScripts();
afterAll(() => scripts[Symbol.dispose]());

const REQUEST: RunRequest = {
  ir: oneStep("k"),
  inputs: {},
  runId: "run-1",
  traceId: "0".repeat(32),
  timeoutMs: 20_000,
};

describe("the limits of a run (flows §13: from its start)", () => {
  test("hold while the executor says what it can", async () => {
    const engine = new ProcessEngine(executorSetup(scripts.write("serve({ Capabilities() {} })")));
    const { result } = await engine.run({ ...REQUEST, timeoutMs: 100 });
    expect(result.error).toMatchObject({ name: "E_RUN_TIMEOUT", data: { blame: "executor" } });
  });

  test("hold while it waits for its place on a kept executor, and the next one gets the place", async () => {
    const body = `let status = "running";
      serve({ Poll: (q) => ok(q, q.params.run_id === "long" ? { status } : FINAL), Cancel(q) { status = "cancelled"; ok(q, { ok: true }); } })`;
    const engine = new ProcessEngine(executorSetup(scripts.write(body), { reuse: true }));
    const abort = new AbortController();
    const long = new AbortController();
    const first = engine.run({ ...REQUEST, runId: "long", signal: long.signal });
    const order: string[] = [];
    const note = async (name: string, more: Partial<RunRequest>) => {
      const { result } = await engine.run({ ...REQUEST, runId: name, ...more });
      order.push(`${name} ${result.error?.name ?? result.status}`);
    };
    const late = note("late", { timeoutMs: 300 });
    const gone = note("gone", { signal: abort.signal });
    const last = note("last", {});
    await late;
    abort.abort();
    await gone;
    expect(order).toEqual(["late E_RUN_TIMEOUT", "gone cancelled"]);
    long.abort();
    await first;
    await last;
    await engine.close();
    expect(order.at(-1)).toBe("last completed");
  }, 20_000);
});

test("a kept executor that once could not say what it can is asked again by the next run", async () => {
  const body = `let asked = 0; serve({ Capabilities: (q) => asked++ === 0 ? refuse(q, 3002) : ok(q, CAPABILITIES) })`;
  const engine = new ProcessEngine(executorSetup(scripts.write(body), { reuse: true }));
  const first = await engine.run(REQUEST);
  const second = await engine.run({ ...REQUEST, runId: "run-2" });
  await engine.close();
  expect([first.result.error?.code, second.result.status]).toEqual([3002, "completed"]);
});

test("an executor started for TCP that ends at once is Exit, with what it said", async () => {
  const executor = { path: scripts.write(`raw("no port\\n", 2); process.exit(3)`), args: [] };
  const address = { kind: "tcp", host: "127.0.0.1", port: 1 } as const;
  const engine = new ProcessEngine(executorSetup("", { executor, address }));
  const { error } = (await engine.run(REQUEST)).result;
  expect(error).toMatchObject({ name: "E_REP_EXIT", data: { blame: "executor" } });
  expect(error?.data.details).toMatchObject({ exit_code: 3, stderr: ["no port"] });
});
