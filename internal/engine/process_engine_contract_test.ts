import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exitOfRunError, type FlowIr, manifestFacts } from "../flow/mod.ts";
import { ExecutorScripts, ReferenceExecutors, sampleIr, tempDir } from "../testkit/mod.ts";
import type { RunRequest } from "./engine.ts";
import { executorSetup } from "./executor_fixtures.ts";
import type { ExecutorSetup } from "./executor_setup.ts";
import { ProcessEngine } from "./process_engine.ts";
import { runIrFlow } from "./run_ir_flow.ts";

// The contract of engine proc (flows §18), held with the executor in the binary and with every reference executor.

setDefaultTimeout(30_000);

const references = new ReferenceExecutors();
const scripts = new ExecutorScripts();
const folder = tempDir();

afterAll(() => {
  references[Symbol.dispose]();
  scripts[Symbol.dispose]();
});

const READ = { id: "read", type: "opcua.read", with: { endpoint: "opc.tcp://x", node_ids: ["ns=2;i=5"] } };
const OUT = { id: "out", type: "dsl.emit", with: { values: "$step.read.values" } };
const SLEEP = { id: "nap", type: "check.sleep", with: { ms: 60_000 } };
const TWO_NODES = sampleIr([READ, OUT], ["read -> out"]);

async function run(path: string, ir: FlowIr, request: Partial<RunRequest> = {}, setup: Partial<ExecutorSetup> = {}) {
  const env = { ...process.env, PLUMB_CHECK: "1" };
  const engine = new ProcessEngine(executorSetup(path, { env, callTimeoutMs: 20_000, ...setup }));
  const whole = { ir, inputs: {}, runId: "run-1", traceId: "0".repeat(32), timeoutMs: 20_000, ...request };
  const { result } = await engine.run(whole);
  await engine.close();
  return result;
}

describe.each([["builtin:mock", "builtin:mock"] as const, ...references.all])("with %s", (_, path) => {
  test("a flow whose kinds it has is polled to its end, with events and outputs", async () => {
    const { status, outputs, events, state } = await run(path, TWO_NODES);
    const values = { "ns=2;i=5": 80 };
    expect([status, outputs, Object.keys(state.steps)]).toEqual(["completed", { values }, ["read"]]);
    const steps = events.flatMap((event) => (event.type === "step" ? [`${event.step_id} ${event.state}`] : []));
    expect(steps).toEqual(["read started", "read succeeded", "out started", "out succeeded"]);
  });

  test("a kind that it lacks is CapabilitiesMismatch before StartRun", async () => {
    const { error, events } = await run(path, sampleIr([{ id: "x", type: "no.such" }], []));
    expect(error).toMatchObject({ code: 1002, name: "E_CAPABILITIES_MISMATCH" });
    expect([error?.data.details, events]).toEqual([
      { cause: "CapabilitiesMismatch", missing: [{ kind: "no.such", steps: ["x"] }] },
      [],
    ]);
  });

  test("a run that is cancelled ends", async () => {
    const abort = new AbortController();
    const started = performance.now();
    const { status } = await run(path, sampleIr([SLEEP], []), { signal: abort.signal, onEvent: () => abort.abort() });
    expect([status, performance.now() - started < 15_000]).toEqual(["cancelled", true]);
  });

  test("flows row 34: a run over its time limit ends too", async () => {
    const { error } = await run(path, sampleIr([SLEEP], []), { timeoutMs: 100 });
    expect(error).toMatchObject({ code: 3001, name: "E_RUN_TIMEOUT", data: { blame: "executor" } });
  });

  test("flows row 37: an integer beyond 2^53 has the same digits in events and outputs", async () => {
    const write = { id: "write", type: "opcua.write", with: { endpoint: "e", node_id: "n", value: "$input.n" } };
    const ir = sampleIr([write, { ...OUT, with: { n: "$input.n" } }], ["write -> out"]);
    const { outputs, events } = await run(path, ir, { inputs: { n: 9007199254740993n } });
    expect(outputs).toEqual({ n: 9007199254740993n });
    const [started] = events.filter(({ type }) => type === "step");
    expect(started).toMatchObject({ args: { value: 9007199254740993n } });
  });

  test("a kept executor runs many flows, and is asked for its health between them (flows §13, reuse)", async () => {
    const env = { ...process.env, PLUMB_CHECK: "1" };
    const engine = new ProcessEngine(executorSetup(path, { env, callTimeoutMs: 20_000, reuse: true }));
    const request = { ir: TWO_NODES, inputs: {}, traceId: "0".repeat(32), timeoutMs: 20_000 };
    const runs = Array.from({ length: 12 }, (_, n) => engine.run({ ...request, runId: `run-${n}` }));
    const all = await Promise.all(runs);
    for (let n = 0; n < 3; n += 1) all.push(await engine.run({ ...request, runId: `later-${n}` }));
    await engine.close();
    expect(all.map(({ result }) => result.status)).toEqual(Array.from({ length: 15 }, () => "completed"));
    expect(new Set(all.map(({ result }) => result.events.filter(({ type }) => type === "step").length))).toEqual(
      new Set([4]),
    );
  });
});

// PLUMB_RUNS asks for more than a unit test has time for: the issue promises a thousand.
const MANY = Number(process.env.PLUMB_RUNS ?? 30);
const quick = references.all.find(([name]) => name === "c");

test.if(process.platform === "linux" && quick !== undefined)(
  "many runs leave no process and no file descriptor",
  async () => {
    const left = () => ({
      descriptors: readdirSync("/proc/self/fd").length,
      children: readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && parentOf(pid) === process.pid).length,
    });
    await run(quick?.[1] ?? "", TWO_NODES);
    const before = left();
    for (let count = 0; count < MANY; count += 1)
      expect((await run(quick?.[1] ?? "", TWO_NODES)).status).toBe("completed");
    // The shell that guards the last group sees the end of its input, and goes; so may what earlier tests left.
    const isMore = () => left().children > before.children || left().descriptors > before.descriptors;
    for (let tries = 0; tries < 500 && isMore(); tries += 1) await Bun.sleep(10);
    expect(isMore()).toBe(false);
  },
);

/** -1: it is gone. */
function parentOf(pid: string): number {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
  } catch {
    return -1;
  }
}

describe("with an executor of no use", () => {
  test("one that exits at once is 3001, exit 4", async () => {
    const { error } = await run(scripts.write("process.exit(1)"), TWO_NODES);
    expect([error?.code, exitOfRunError(error?.code ?? 0).code]).toEqual([3001, 4]);
  });

  test.each([
    [1001, 3],
    [2001, 1],
    [3002, 4],
    [-32601, 4],
    [42, 4],
  ])("§17 row 27: error %i of StartRun is exit %i, and the executor is to blame", async (code, exit) => {
    const capabilities = `Capabilities: (q) => ok(q, { ...CAPABILITIES, step_kinds: ["opcua.read"] })`;
    const body = `serve({ ${capabilities}, StartRun: (q) => refuse(q, ${code}) })`;
    const { error, status } = await run(scripts.write(body), TWO_NODES);
    expect([status, error?.code, error?.data.blame]).toEqual(["failed", code, "executor"]);
    expect(exitOfRunError(error?.code ?? 0).code).toBe(exit);
  });

  test("flows row 38: a path that does not exist is E_EXECUTOR_PATH", async () => {
    for (const path of [join(folder, "nothing"), "nosuchcommand"]) {
      await expect(run(path, TWO_NODES)).rejects.toMatchObject({ name: "FlowInputError", code: "E_EXECUTOR_PATH" });
    }
  });
});

test("calls of the library share a kept executor (flows §13, reuse; §19)", async () => {
  const manifest = join(folder, "manifest.json");
  const ir = { ...TWO_NODES, metadata: { ...TWO_NODES.metadata, sources: {} } };
  await Bun.write(join(folder, "ir.json"), JSON.stringify(ir));
  const entry = { ...manifestFacts(ir), source_file: "sample.wdl", ir_path: "ir.json", sources: {} };
  await Bun.write(manifest, JSON.stringify([{ ...entry, generated_at: "2026-01-01T00:00:00Z" }]));
  const log = join(folder, "starts");
  const body = `fs.appendFileSync(${JSON.stringify(log)}, "start ");
    serve({ Capabilities: (q) => ok(q, { ...CAPABILITIES, step_kinds: ["opcua.read"] }) }); fs.appendFileSync(${JSON.stringify(log)}, "end ");`;
  const runtime = { executor_path: scripts.write(body), reuse: true };
  for (let call = 0; call < 3; call += 1) {
    const { status, outputs } = await runIrFlow("sample", manifest, { engine: "proc", runtime });
    expect([status, outputs]).toEqual(["completed", { r: 1 }]);
  }
  expect(await Bun.file(log).text()).toBe("start ");
  // Nobody asks any more: it ends, so that a program with nothing left to do can.
  for (let tries = 0; tries < 1000 && !(await Bun.file(log).text()).endsWith("end "); tries += 1) await Bun.sleep(10);
  expect(await Bun.file(log).text()).toBe("start end ");
  const fresh = { ...runtime, reuse: false };
  for (let call = 0; call < 2; call += 1) await runIrFlow("sample", manifest, { engine: "proc", runtime: fresh });
  expect(await Bun.file(log).text()).toBe("start end start end start end ");
});
