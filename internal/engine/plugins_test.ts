import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleIr } from "../testkit/mod.ts";
import { runLocal, stepLines } from "./engine_fixtures.ts";
import { loadPlugins } from "./load_plugins.ts";
import type { Plugin } from "./plugin.ts";
import { pluginSteps } from "./plugin_steps.ts";

const folder = mkdtempSync(join(tmpdir(), "plumb-plugins-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, shown: name };
}

const ONE = sampleIr([{ id: "a", with: { n: "80" }, retry: { max: 3, backoff_ms: 10 } }], []);

async function runWith(step: Plugin[string], ir = ONE, seed = 1) {
  return await runLocal(ir, { providers: [pluginSteps(new Map([["op.x", step]]))], inputs: { i: 1 }, seed });
}

describe("plugins perform steps (flows §11)", () => {
  test("a plugin gets resolved arguments and its context; what it returns is the result", async () => {
    const result = await runWith(async (args, ctx) => {
      const { runId, traceId, stepId, kind, attempt, inputs, signal } = ctx;
      ctx.log("warn", "looking");
      const before = ctx.clock.now();
      await ctx.clock.sleep(1500);
      return {
        args,
        runId,
        traceId,
        stepId,
        kind,
        attempt,
        inputs,
        aborted: signal.aborted,
        before,
        after: ctx.clock.now(),
      };
    });
    expect(result.state.steps.a).toEqual({
      args: { n: 80 },
      runId: "run-1",
      traceId: "0".repeat(32),
      stepId: "a",
      kind: "op.x",
      attempt: 1,
      inputs: { i: 1 },
      aborted: false,
      before: 0,
      after: 1500,
    });
    expect(result.events[2]).toEqual({
      type: "log",
      timestamp: "1970-01-01T00:00:00.000Z",
      level: "warn",
      message: "looking",
      step_id: "a",
    });
  });

  test("what a plugin does to its arguments and inputs, or later to its result, changes nothing", async () => {
    let kept: { list: number[] } = { list: [] };
    const result = await runWith((args, ctx) => {
      args.n = 0;
      ctx.inputs.i = 0;
      kept = { list: [1] };
      return kept;
    });
    kept.list.push(2);
    expect(result.state).toMatchObject({ inputs: { i: 1 }, steps: { a: { list: [1] } } });
    expect(result.events[1]).toMatchObject({ args: { n: 80 } });
  });

  test("random numbers are seeded, and are not those of policies", async () => {
    const drawn = async (seed: number) =>
      (await runWith((_, ctx) => ({ r: [ctx.random(), ctx.random()] }), ONE, seed)).state;
    expect(await drawn(7)).toEqual(await drawn(7));
    expect(await drawn(7)).not.toEqual(await drawn(8));
  });

  test("flows row 19: a plugin that throws {code: 2042, retriable: false} has one attempt", async () => {
    const result = await runWith(() => {
      throw { code: 2042, retriable: false };
    });
    expect(stepLines(result)).toEqual(["a started 1 @0", "a failed 1 @0"]);
    expect(result.error).toMatchObject({ code: 2042, message: 'the plugin threw {"code":2042,"retriable":false}' });
  });

  test("what is thrown is 2001 with its message; codes outside 2000–2999 do not count", async () => {
    const thrown = async (error: unknown) => (await runWith(async () => Promise.reject(error))).error;
    expect(await thrown(new Error("no bus"))).toMatchObject({ code: 2001, message: "no bus", data: { attempt: 4 } });
    expect(await thrown("text")).toMatchObject({ code: 2001, message: "text" });
    expect(await thrown(Object.assign(new Error("x"), { code: 3001, details: { bus: 3 } }))).toMatchObject({
      code: 2001,
      data: { details: { bus: 3 } },
    });
    expect(await thrown(undefined)).toMatchObject({ message: "the plugin threw undefined" });
  });

  test("flows row 35: nothing returned is {}; anything that is no JSON object has the cause Result", async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect((await runWith(() => undefined)).state.steps.a).toEqual({});
    expect((await runWith(() => ({ x: undefined, y: [null] }))).state.steps.a).toEqual({ y: [null] });
    for (const wrong of [5, null, [1], "x", { d: new Date(0) }, { n: Number.NaN }, circle, new Map()]) {
      const { error } = await runWith(async () => wrong as never);
      expect([error?.code, error?.data.details]).toEqual([2001, { cause: "Result" }]);
    }
  });

  test("a plugin that never answers is ended by the time limit of its step; what it returns later is dropped", async () => {
    let answer: (result: { late: true }) => void = () => undefined;
    let aborted = false;
    const ir = sampleIr(
      [
        { id: "a", timeout_ms: 500 },
        { id: "b", type: "op.y" },
      ],
      ["a -!> b"],
    );
    const slow: Plugin[string] = (_, ctx) => {
      ctx.signal.addEventListener("abort", () => (aborted = true));
      return new Promise((resolve) => (answer = resolve));
    };
    const other: Plugin[string] = async (_, ctx) => {
      answer({ late: true });
      await ctx.clock.sleep(5);
      return { done: true };
    };
    const providers = [
      pluginSteps(
        new Map([
          ["op.x", slow],
          ["op.y", other],
        ]),
      ),
    ];
    const result = await runLocal(ir, { providers });
    expect([result.status, aborted]).toEqual(["completed", true]);
    expect(stepLines(result)).toEqual(["a started 1 @0", "a failed 1 @500", "b started 1 @500", "b succeeded 1 @505"]);
  });

  test("modules are loaded in their order; each flaw names its file", async () => {
    const good = file("good.ts", 'export default { "op.x": async (args: object) => ({ args }) };');
    const { steps, findings } = await loadPlugins([good]);
    expect([[...steps.keys()], findings]).toEqual([["op.x"], []]);
    const bad = await loadPlugins([
      good,
      file("again.js", 'export default { "op.x": () => ({}) };'),
      file("control.ts", "export default { finish: () => ({}) };"),
      file("number.ts", 'export default { "op.z": 5 };'),
      file("none.ts", "export const x = 1;"),
      file("throws.ts", 'throw new Error("at load");'),
      file("syntax.ts", "export default {"),
      { path: join(folder, "missing.ts"), shown: "missing.ts" },
    ]);
    expect(bad.findings.map(({ code, file: name }) => `${code} ${name}`)).toEqual([
      "E_PLUGIN_DUPLICATE again.js",
      "E_PLUGIN_RESERVED control.ts",
      "E_PLUGIN_LOAD number.ts",
      "E_PLUGIN_LOAD none.ts",
      "E_PLUGIN_LOAD throws.ts",
      "E_PLUGIN_LOAD syntax.ts",
      "E_PLUGIN_LOAD missing.ts",
    ]);
    expect(bad.findings[4]?.message).toBe("plugin throws.ts cannot be used: at load");
  });
});
