import { afterAll, describe, expect, test } from "bun:test";
import { LocalEngine, type StepProvider } from "../engine/mod.ts";
import { type NodeSpec, sampleIr, tempFiles } from "../testkit/mod.ts";
import { DeterministicClock } from "../world/mod.ts";
import { PluginThreads, type PluginThreadsOptions } from "./plugin_threads.ts";

const made: PluginThreads[] = [];
afterAll(() => {
  for (const threads of made) threads.close();
});

function threadsOf(options: Partial<PluginThreadsOptions> = {}): PluginThreads {
  const threads = new PluginThreads({ open: false, ...options });
  made.push(threads);
  return threads;
}

/** A module whose default export has this text. */
function plugin(text: string, files: Readonly<Record<string, string>> = {}) {
  return { path: `${tempFiles({ "p.ts": text, ...files })}/p.ts`, shown: "p.ts" };
}

function run(provider: StepProvider, node: Partial<NodeSpec> = {}, timeout_ms = 0) {
  const ir = sampleIr([{ id: "a", with: { n: "80" }, ...node }], [], { flow: { name: "f", timeout_ms } });
  const clock = new DeterministicClock();
  const request = { ir, inputs: { i: 9007199254740993n }, runId: "r", traceId: "t" };
  const { result } = new LocalEngine({ providers: [provider], seed: 1 }).runAtOnce(request, clock);
  return { ...result, ms: clock.now() };
}

function runOf(
  text: string,
  options: Partial<PluginThreadsOptions> = {},
  node: Partial<NodeSpec> = {},
  timeout_ms = 0,
) {
  const threads = threadsOf(options);
  const { kinds, findings } = threads.kinds([plugin(`export default { "op.x": ${text} };`)]);
  expect(findings).toEqual([]);
  return run(threads.provider(kinds), node, timeout_ms);
}

describe("plugins under plumb test (flows §11)", () => {
  test("a plugin gets arguments and context; sleeping takes no time, but passes it", () => {
    const { state, events, ms } = runOf(`async (args, ctx) => {
      ctx.log("warn", "looking");
      const { runId, traceId, stepId, kind, attempt, inputs, signal } = ctx;
      const before = ctx.clock.now();
      await Promise.all([ctx.clock.sleep(3600000), ctx.clock.sleep(5)]);
      return { args, runId, traceId, stepId, kind, attempt, inputs, aborted: signal.aborted, slept: ctx.clock.now() - before, random: ctx.random() };
    }`);
    expect(state.steps.a).toEqual({
      args: { n: 80 },
      runId: "r",
      traceId: "t",
      stepId: "a",
      kind: "op.x",
      attempt: 1,
      // As a double; on its way back it looks like an integer that no double can hold.
      inputs: { i: 9007199254740992n },
      aborted: false,
      slept: 3_600_000,
      random: expect.any(Number),
    });
    expect([ms, events[2]]).toMatchObject([
      3_600_000,
      { type: "log", level: "warn", message: "looking", step_id: "a" },
    ]);
  });

  test("what is thrown, and what is no object, fails the attempt as in production", () => {
    const retry = { max: 1, backoff_ms: 10 };
    const thrown = runOf("() => { throw { code: 2042, message: 'no', details: { bus: 3 } }; }", {}, { retry });
    expect(thrown).toMatchObject({
      ms: 10,
      error: { code: 2042, message: "no", data: { attempt: 2, details: { bus: 3 } } },
    });
    expect(runOf("async () => 5").error).toMatchObject({ code: 2001, data: { details: { cause: "Result" } } });
    expect(runOf("() => undefined").state.steps).toEqual({ a: {} });
    expect(runOf("() => ({ n: 9007199254740993n })").state.steps).toEqual({ a: { n: 9007199254740993n } });
  });

  test("a sleep over the time limit, and a promise that nothing settles, end at the limit", () => {
    for (const body of [
      "async (_, ctx) => { await ctx.clock.sleep(900); return {}; }",
      "() => new Promise(() => {})",
    ]) {
      const { error, ms } = runOf(body, {}, { timeout_ms: 500 });
      expect([ms, error?.data.details]).toEqual([500, { cause: "Timeout" }]);
      const over = runOf(body, {}, {}, 300);
      expect([over.ms, over.error?.data.details]).toEqual([300, { cause: "FlowTimeout" }]);
    }
    expect(runOf("() => new Promise(() => {})").error).toMatchObject({ data: { details: { cause: "Hang" } } });
  });

  test("flows row 40: the host is out of reach unless the plugin is open", () => {
    for (const use of ["process.pid", "Bun.version", "fetch('http://localhost')"]) {
      const { error } = runOf(`async () => ({ x: String(await ${use}) })`);
      expect([use, error?.code, error?.message]).toEqual([use, 2001, expect.stringMatching(/^E_PLUGIN_IO: /)]);
    }
    expect(runOf("() => ({ pid: process.pid })", { open: true }).state.steps.a).toEqual({ pid: process.pid });
    const text =
      'import { readFileSync } from "node:fs"; export default { "op.x": () => ({ n: readFileSync("/dev/null").length }) };';
    expect(threadsOf().kinds([plugin(text)]).findings).toMatchObject([{ code: "E_PLUGIN_IO", file: "p.ts" }]);
    const open = threadsOf({ open: true });
    expect(run(open.provider(open.kinds([plugin(text)]).kinds)).state.steps).toEqual({ a: { n: 0 } });
  });

  test("one that is open may wait for the host", () => {
    const text = "async () => { await new Promise((resolve) => setTimeout(resolve, 30)); return { done: true }; }";
    expect(runOf(text, { open: true })).toMatchObject({ status: "completed", ms: 0 });
  });

  test("a plugin that holds its thread is given up, and the next call has a thread again", () => {
    const threads = threadsOf({ watchdogMs: 200 });
    const { kinds } = threads.kinds([
      plugin('export default { "op.x": ({ n }) => { while (n === 80); return {}; } };'),
    ]);
    const provider = threads.provider(kinds);
    expect(run(provider).error?.message).toStartWith("E_WORKER_HANG: the plugin op.x of p.ts");
    expect(run(provider, { with: {} }).status).toBe("completed");
  });

  test("every case sees fresh modules, and what they print is told", () => {
    const printed: string[] = [];
    const threads = threadsOf();
    const { kinds } = threads.kinds([
      plugin('let n = 0; export default { "op.x": () => { console.log("hi"); return { n: ++n }; } };'),
    ]);
    const provider = threads.provider(kinds);
    threads.begin((_, text) => void printed.push(text));
    expect([run(provider).state.steps, run(provider).state.steps]).toEqual([{ a: { n: 1 } }, { a: { n: 2 } }]);
    threads.begin(() => undefined);
    expect(run(provider).state.steps).toEqual({ a: { n: 1 } });
    expect(printed).toEqual(["hi\n", "hi\n"]);
  });

  test("modules that cannot be used are told, each with its file", () => {
    const threads = threadsOf();
    const good = plugin('export default { "op.x": () => ({}) };');
    const bad = (text: string) => threads.kinds([plugin(text)]).findings.map(({ code }) => code);
    expect(threads.kinds([good, plugin('export default { "op.x": () => ({}) };')]).findings).toMatchObject([
      { code: "E_PLUGIN_DUPLICATE" },
    ]);
    expect(bad("export default { finish: () => ({}) };")).toEqual(["E_PLUGIN_RESERVED"]);
    for (const text of [
      "export default { a: 5 };",
      "export const x = 1;",
      'throw new Error("no");',
      "export default {",
      'import "./gone.ts"; export default {};',
    ]) {
      expect([text, bad(text)]).toEqual([text, ["E_PLUGIN_LOAD"]]);
    }
    expect(threads.kinds([{ path: "/nowhere/p.ts", shown: "p.ts" }]).findings).toMatchObject([
      { code: "E_PLUGIN_LOAD" },
    ]);
  });
});
