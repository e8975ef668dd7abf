import { describe, expect, test } from "bun:test";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempDir } from "../testkit/mod.ts";
import { COLDSTORE, timeless } from "./engine_fixtures.ts";
import { runIrFlow } from "./run_ir_flow.ts";

const MANIFEST = join(COLDSTORE, "expected/manifest.json");
const inputs = JSON.parse(readFileSync(join(COLDSTORE, "inputs.json"), "utf8"));
const expected = JSON.parse(readFileSync(join(COLDSTORE, "expected/run.json"), "utf8"));
const MOCKS = { read: { values: { air: 1 } }, "coldstore.set": {}, "notify.send": {} };

describe("runIrFlow (flows §19)", () => {
  test("flows row 29: the cold store gives status, state and outputs of row 11", async () => {
    const result = await runIrFlow("coldstore.monitor", MANIFEST, { inputs, mocks: join(COLDSTORE, "mocks.yaml") });
    const { status, state, outputs, summary, events } = timeless(result) as typeof expected;
    expect({ status, state, outputs, summary, events }).toEqual({
      status: expected.status,
      state: expected.state,
      outputs: expected.outputs,
      summary: expected.summary,
      events: expected.events,
    });
  });

  test("mocks may be a document; failed and refused runs resolve", async () => {
    const run = (mocks: typeof MOCKS | undefined) =>
      runIrFlow("coldstore.monitor", MANIFEST, { inputs, ...(mocks === undefined ? {} : { mocks }) });
    expect((await run(MOCKS)).status).toBe("completed");
    expect((await run({ ...MOCKS, read: { values: { air: "x" } } } as never)).error).toMatchObject({ code: 2001 });
    expect((await run(undefined)).error).toMatchObject({ code: 1002, name: "E_CAPABILITIES_MISMATCH" });
  });

  test("what is exit 2 on the command line throws FlowInputError with its code and diagnostics", async () => {
    const run = (options: object, flow = "coldstore.monitor", manifest = MANIFEST) =>
      runIrFlow(flow, manifest, options);
    const cases: readonly [Promise<unknown>, string][] = [
      [run({ inputs: { store: 1, probes: [] } }), "E_INPUT_TYPE"],
      [run({ inputs: [1] }), "E_INPUTS_SHAPE"],
      [run({ inputs: { store: Number.NaN } }), "E_INPUTS_JSON"],
      [run({ inputs, mocks: { read: { error: 1 } } }), "E_MOCKS_SCHEMA"],
      [run({ inputs, mocks: "missing.yaml" }), "E_MOCKS_READ"],
      [run({ inputs, runtime: { plugins: ["missing.ts"] } }), "E_PLUGIN_LOAD"],
      [run({}, "coldstore.monitr"), "E_MANIFEST_FLOW"],
      [run({}, "x", "missing/manifest.json"), "E_MANIFEST_READ"],
    ];
    for (const [promise, code] of cases) {
      const error = await promise.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: "FlowInputError", code, diagnostics: [{ code }] });
    }
  });

  test("the configuration is held to the rules of section runtime:, as is what the options say instead", async () => {
    const cases: readonly [runtime: unknown, code: string, message: string][] = [
      [{ call_timeout_ms: -5 }, "E_CONFIG_SHAPE", "runtime.call_timeout_ms: expected an integer from 1 to 2147483647"],
      [{ plugins: "x" }, "E_CONFIG_SHAPE", "runtime.plugins: expected a list of texts"],
      [{ engine: "prok" }, "E_CONFIG_ENGINE", "runtime.engine: expected local or proc"],
      [{ reuze: true }, "E_CONFIG_UNKNOWN_KEY", "unknown key runtime.reuze"],
      [{ transport: "udp://x:1" }, "E_TRANSPORT", "runtime.transport: expected stdio"],
      [{ engine: "proc" }, "E_EXECUTOR_REQUIRED", "runtime.engine: engine proc needs an executor"],
      [[], "E_CONFIG_SHAPE", "runtime must be an object"],
      ["local", "E_CONFIG_SHAPE", "runtime must be an object"],
      [null, "E_CONFIG_SHAPE", "runtime must be an object"],
      [
        { language: "rust", plugins_language: "python" },
        "E_LANGUAGE_MISMATCH",
        "language is 'rust' but plugins_language is 'python': they must match",
      ],
    ];
    const thrown = async (options: object) =>
      await runIrFlow("coldstore.monitor", MANIFEST, { inputs, mocks: MOCKS, ...options }).catch((error) => error);
    for (const [runtime, code, message] of cases) {
      const error = await thrown({ runtime });
      expect(error).toMatchObject({ name: "FlowInputError", code });
      expect(error.message).toContain(message);
    }
    expect(await thrown({ runtime: { reuze: true } })).toMatchObject({ diagnostics: [{ data: { help: "reuse" } }] });
    expect(await thrown({ engine: "prok" })).toMatchObject({ code: "E_CONFIG_ENGINE" });
    expect(await thrown({ timeoutMs: 0 })).toMatchObject({ code: "E_CONFIG_SHAPE" });
    expect(await thrown({ engine: "local", runtime: { engine: "proc" } })).toMatchObject({ status: "completed" });
    expect(await thrown({ runtime: { engine: "python", reuse: undefined } })).toMatchObject({ status: "completed" });
  });

  test("a version that is refused resolves; a signal cancels; a time limit ends", async () => {
    const folder = join(tempDir(), "x");
    cpSync(join(COLDSTORE, "expected"), folder, { recursive: true });
    const path = join(folder, "flows/coldstore.monitor.ir.json");
    writeFileSync(path, readFileSync(path, "utf8").replace('"version": "1.0.0"', '"version": "1.1.0"'));
    const refused = await runIrFlow("coldstore.monitor", join(folder, "manifest.json"), { inputs });
    expect(refused).toMatchObject({ status: "failed", error: { code: 1001 }, events: [] });
    const slow = { ...MOCKS, read: { delay_ms: 60_000 } } as never;
    const cancelled = await runIrFlow("coldstore.monitor", MANIFEST, {
      inputs,
      mocks: slow,
      signal: AbortSignal.abort(),
    });
    expect([cancelled.status, cancelled.error]).toEqual(["cancelled", undefined]);
    const late = await runIrFlow("coldstore.monitor", MANIFEST, { inputs, mocks: slow, timeoutMs: 5 });
    expect(late.error).toMatchObject({ code: 3001, name: "E_RUN_TIMEOUT" });
  });

  test("seeds and run ids decide draws; inputs are copied", async () => {
    const { $draws, ...rest } = { $draws: [], ...MOCKS, read: { values: { air: 9 } } };
    const own = { ...inputs };
    const result = await runIrFlow("coldstore.monitor", MANIFEST, { inputs: own, mocks: rest, seed: 7, runId: "a" });
    own.store = "changed";
    const again = await runIrFlow("coldstore.monitor", MANIFEST, { inputs, mocks: rest, seed: 7, runId: "b" });
    expect(result.state).toEqual(again.state);
  });
});
