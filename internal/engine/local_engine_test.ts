import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import type { FlowIr } from "../flow/mod.ts";
import { type NodeSpec, sampleIr, sampleSwitch } from "../testkit/mod.ts";
import type { Json } from "../value/mod.ts";
import { DeterministicClock, seededRng } from "../world/mod.ts";
import { COLDSTORE, runLocal, stepLines, timeless } from "./engine_fixtures.ts";
import { virtualRunTime } from "./run_time.ts";
import type { StepProvider } from "./step_provider.ts";

const coldstore: FlowIr = await Bun.file(join(COLDSTORE, "expected/flows/coldstore.monitor.ir.json")).json();
const inputs = await Bun.file(join(COLDSTORE, "inputs.json")).json();
const read = (path: string) => Bun.file(join(COLDSTORE, path)).text();
const { parse } = await import("yaml");

/** The cold store as row 11 runs it, or with other policy documents. */
const ANSWERS: Json = parse(await read("mocks.yaml"));

function oneStep(step: Partial<NodeSpec>, timeout_ms = 0): FlowIr {
  return sampleIr([{ id: "a", ...step }], [], { flow: { name: "one", timeout_ms } });
}

describe("engine local runs flows as flows §10 and §11 have it", () => {
  test("flows row 11: both runs of the cold store give the objects of expected/", async () => {
    for (const [mocks, expected, ms] of [
      ["mocks.yaml", "run.json", 100],
      ["mocks_dead_bus.yaml", "run_dead_bus.json", 200],
    ] as const) {
      const result = await runLocal(coldstore, { inputs, answers: parse(await read(mocks)), runId: "demo" });
      const { status, summary, events, outputs, state, codes } = result;
      const { flow, run_id, engine, ...rest } = JSON.parse(await read(`expected/${expected}`));
      expect(timeless({ status, summary, events, outputs, state })).toEqual(rest);
      expect([summary.duration_ms, codes]).toEqual([ms, []]);
    }
  });

  test("flows row 12: without mocks the flow is refused before it starts, with every kind and its steps", async () => {
    const { status, error, events, outputs } = await runLocal(coldstore, { inputs });
    expect({ status, events, outputs }).toEqual({ status: "failed", events: [], outputs: {} });
    expect(error).toEqual({
      code: 1002,
      name: "E_CAPABILITIES_MISMATCH",
      message: "CapabilitiesMismatch: engine local cannot run flow 'coldstore.monitor'",
      data: {
        retriable: false,
        details: {
          cause: "CapabilitiesMismatch",
          missing: [
            { kind: "coldstore.read", steps: ["read"] },
            { kind: "coldstore.set", steps: ["act"] },
            { kind: "notify.send", steps: ["page"] },
          ],
        },
      },
    });
  });

  test("flows row 6: a flow without policy runs", async () => {
    const ir = sampleIr([{ id: "a" }, { id: "e", type: "dsl.emit", with: { r: "$step.a.v" } }], ["a -> e"]);
    expect(await runLocal(ir, { answers: { "op.x": { v: 1 } } })).toMatchObject({
      status: "completed",
      outputs: { r: 1 },
    });
  });

  test("flows row 7: a node with a policy of its own gets that one", async () => {
    const policy = coldstore.constants.policy.policy as { [key: string]: Json };
    const other = {
      ...policy,
      id: "b",
      params: { arms: { x: {} }, epsilon: null, evaluate: [], emit: { v: '"of b"' } },
    };
    const ir = sampleIr(
      [
        { id: "decide", type: "policy.apply", with: { values: "$input.v" } },
        { id: "again", type: "policy.apply", with: {}, policy: "b" },
      ],
      ["decide -> again"],
      { constants: { policyRef: "limits", policy: { policy, policies: { b: other } } } },
    );
    const { state } = await runLocal(ir, { inputs: { v: { air: 1 } } });
    expect(state.steps).toEqual({
      decide: { action: "HOLD", level: 0, reason: { warm: 1, limit: 6.5 }, policy_id: "limits" },
      again: { v: "of b", policy_id: "b" },
    });
  });

  test("a policy that is not there is an error before the start, unless a mock answers", async () => {
    const ir = oneStep({ type: "policy.apply" });
    await expect(runLocal(ir)).rejects.toMatchObject({ name: "FlowInputError", code: "E_POLICY_MISSING" });
    expect((await runLocal(ir, { answers: { a: { action: "X" } } })).status).toBe("completed");
  });

  test("flows row 13: a policy error fails the step with its place and is not retried", async () => {
    const limits = structuredClone(coldstore) as FlowIr;
    const document = limits.constants.policy as { policy: { params: { emit: { reason: string } } } };
    document.policy.params.emit.reason = "{ warm: warm, limit: 1 }";
    const { status, error } = await runLocal(limits, {
      inputs,
      answers: { ...(ANSWERS as object), read: { values: { air: 9 } } },
    });
    expect(status).toBe("failed");
    expect(error).toMatchObject({ code: 2001, name: "E_STEP_FAILED", data: { step_id: "judge", retriable: false } });
    expect(error?.message).toContain("emit.reason");
  });

  test("the arguments of policy.apply are a mapping or null, and a number", async () => {
    const ir = (args: NodeSpec["with"]) => ({
      ...coldstore,
      graph: sampleIr([{ id: "a", type: "policy.apply", with: args ?? {} }], []).graph,
    });
    const failed = async (args: { [key: string]: Json }) => (await runLocal(ir(args))).error?.message;
    expect(await failed({ values: [1] })).toBe("a: values must be a mapping or null");
    expect(await failed({ values: { air: 1 }, epsilon: "often" })).toBe("a: epsilon must be a number");
    expect((await runLocal(ir({ values: { air: 1 }, epsilon: 0 }))).status).toBe("completed");
  });

  test("flows row 17: an attempt over its time limit fails with the cause Timeout, in no wall time", async () => {
    const ir = oneStep({ timeout_ms: 50 });
    const result = await runLocal(ir, { answers: { a: { delay_ms: 200 } } });
    expect(stepLines(result)).toEqual(["a started 1 @0", "a failed 1 @50"]);
    expect(result.error).toEqual({
      code: 2001,
      name: "E_STEP_FAILED",
      message: "a took longer than 50 ms",
      data: { step_id: "a", attempt: 1, retriable: true, details: { cause: "Timeout" } },
    });
    expect((await runLocal(ir, { answers: { a: { delay_ms: 50 } } })).status).toBe("completed");
  });

  test("flows row 18: a flow over its time limit ends at exactly that moment", async () => {
    const ir = oneStep({ retry: { max: 50, backoff_ms: 100 } }, 1000);
    const result = await runLocal(ir, { answers: { a: { error: { message: "busy" } } } });
    expect(result.summary).toMatchObject({ failed_steps: 1, attempts: 11, duration_ms: 1000 });
    expect(result.error).toMatchObject({
      code: 2001,
      message: "the flow took longer than 1000 ms",
      data: { step_id: "a", attempt: 11, retriable: false, details: { cause: "FlowTimeout" } },
    });
    expect(result.events.at(-1)).toMatchObject({
      type: "log",
      message: "run failed: the flow took longer than 1000 ms",
    });
  });

  test("flows row 34: a run over run_timeout_ms is 3001 with the blame on the subject", async () => {
    const result = await runLocal(oneStep({}), { answers: { a: { delay_ms: 2000 } }, timeoutMs: 100 });
    expect(result.error).toEqual({
      code: 3001,
      name: "E_RUN_TIMEOUT",
      message: "the run took longer than 100 ms",
      data: { step_id: "a", attempt: 1, retriable: false, details: { cause: "Timeout" }, blame: "subject" },
    });
    expect(result.events).toHaveLength(4);
  });

  test("a run that ends in a backoff blames the attempt that was, not the one that never began", async () => {
    const ir = oneStep({ retry: { max: 1, backoff_ms: 500 } }, 100);
    const { error, state, summary } = await runLocal(ir, { answers: { a: { error: { message: "busy" } } } });
    const data = { step_id: "a", attempt: 1, retriable: false, details: { cause: "FlowTimeout" } };
    expect(error).toMatchObject({ data });
    expect(state.steps).toMatchObject({ a: { error: { data } } });
    expect(summary).toMatchObject({ failed_steps: 1, attempts: 1 });
  });

  test("a run that ends between two nodes blames what ran; the node that never began has not failed", async () => {
    const ir = sampleIr([{ id: "a" }, { id: "b" }], ["a -> b"]);
    const clock = new DeterministicClock();
    // What blocks in real time: time passes within the attempt.
    const blocks: StepProvider = {
      open: () => () => () => {
        clock.advanceTo(clock.now() + 300);
        return { ok: true, result: { done: true } };
      },
    };
    const time = () => virtualRunTime(clock);
    const result = await runLocal(ir, { providers: [blocks], time, timeoutMs: 100 });
    expect(stepLines(result)).toEqual(["a started 1 @0", "a succeeded 1 @300"]);
    expect(result.error).toMatchObject({ code: 3001, data: { step_id: "a", attempt: 1 } });
    expect(result.state.steps).toEqual({ a: { done: true } });
    expect(result.summary).toMatchObject({ completed_steps: 1, failed_steps: 0, skipped_steps: 0, attempts: 1 });
  });

  test("retries: up to max, after the backoff, unless the error says that none will help", async () => {
    const ir = oneStep({ retry: { max: 2, backoff_ms: 10 } });
    const busy = { error: { message: "busy" } };
    expect(stepLines(await runLocal(ir, { answers: { a: [busy, busy, { ok: true }] } }))).toEqual([
      "a started 1 @0",
      "a failed 1 @0 again",
      "a started 2 @10",
      "a failed 2 @10 again",
      "a started 3 @20",
      "a succeeded 3 @20",
    ]);
    for (const error of [
      { message: "no", retriable: false },
      { message: "no", code: 3002 },
    ]) {
      expect((await runLocal(ir, { answers: { a: { error } } })).summary.attempts).toBe(1);
    }
    expect((await runLocal(ir, { answers: { a: busy } })).summary.attempts).toBe(3);
  });

  test("the name of an error is that of its code", async () => {
    const named = async (code: number) =>
      (await runLocal(oneStep({}), { answers: { a: { error: { code, message: "no" } } } })).error?.name;
    expect([await named(2999), await named(1001), await named(1500), await named(3002), await named(7)]).toEqual([
      "E_STEP_FAILED",
      "E_IR_VERSION",
      "E_RUN_REFUSED",
      "E_EXECUTOR_ERROR",
      "E_EXECUTOR_ERROR",
    ]);
  });

  test("a switch without a match and without default fails with 2001, which its failure edge handles", async () => {
    const nodes = [sampleSwitch("s", "m", { x: "b" }), { id: "b" }, { id: "c" }];
    const answers = { "op.x": {} };
    const handled = await runLocal(sampleIr(nodes, ["s -x> b", "s -!> c"]), { inputs: { m: "y" }, answers });
    expect([handled.status, stepLines(handled).at(-1)]).toEqual(["completed", "c succeeded 1 @0"]);
    const { error, state } = await runLocal(sampleIr(nodes.slice(0, 2), ["s -x> b"]), { inputs: { m: "y" }, answers });
    expect(error?.message).toBe('s: no case is "y", and there is no default');
    expect(state.steps).toEqual({});
  });

  test("a handler sees the error of its step; a later emit replaces the outputs", async () => {
    const ir = sampleIr(
      [
        { id: "a" },
        { id: "e1", type: "dsl.emit", with: { x: "$step.a.error.message", n: "$step.a.error.code" } },
        { id: "e2", type: "dsl.emit", with: { y: "at ${step.a.error.data.attempt}" } },
      ],
      ["a -!> e1", "e1 -> e2"],
    );
    const { status, outputs, events } = await runLocal(ir, {
      answers: { a: { error: { message: "dead", code: 2007 } } },
    });
    expect([status, outputs]).toEqual(["completed", { y: "at 1" }]);
    expect(
      events.find((event) => event.type === "step" && event.step_id === "e1" && event.state === "succeeded"),
    ).toMatchObject({
      result: { x: "dead", n: 2007 },
    });
  });

  test("a signal cancels the run: the attempt is aborted, nothing follows", async () => {
    const abort = new AbortController();
    let signal: AbortSignal | undefined;
    const hangs = {
      open: () => () => (call: { signal: AbortSignal }) => {
        signal = call.signal;
        queueMicrotask(() => abort.abort());
        return new Promise<never>(() => undefined);
      },
    };
    const ir = sampleIr([{ id: "a" }, { id: "b" }], ["a -> b"]);
    const result = await runLocal(ir, { providers: [hangs], signal: abort.signal });
    expect(result.status).toBe("cancelled");
    expect(result.error).toBeUndefined();
    expect(signal?.aborted).toBe(true);
    expect(stepLines(result)).toEqual(["a started 1 @0", "a failed 1 @0"]);
    expect(result.events.at(-1)).toMatchObject({ message: "run cancelled" });
    const before = await runLocal(ir, { answers: { "op.x": {} }, signal: abort.signal });
    expect([before.status, before.summary.attempts]).toEqual(["cancelled", 0]);
  });

  test("flows row 30: the same flow twice in the test world with one seed gives equal bytes", async () => {
    const { $draws, ...answers } = ANSWERS as { [key: string]: Json };
    const drawing = { ...answers, read: { values: { air: 9 } } };
    const run = async (seed: number) =>
      JSON.stringify(await runLocal(coldstore, { inputs, answers: drawing, rng: seededRng(seed) }));
    expect(await run(42)).toBe(await run(42));
  });

  test("flows row 33: draws are seeded by the run_id, or by a seed", async () => {
    const ir = {
      ...coldstore,
      constants: {
        policyRef: "p",
        policy: {
          policy: {
            id: "p",
            strategy: "pdl/v0",
            params: {
              arms: { a: {} },
              epsilon: null,
              evaluate: [],
              emit: { n: "random([0,1,2,3,4,5,6,7,8,9])", m: "random([0,1,2,3,4,5,6,7,8,9])" },
            },
          },
        },
      },
      graph: sampleIr([{ id: "a", type: "policy.apply" }], []).graph,
    };
    const drawn = async (runId: string, seed?: number) =>
      JSON.stringify((await runLocal(ir, { runId, seed })).state.steps);
    expect(await drawn("a")).toBe(await drawn("a"));
    expect(await drawn("b", 7)).toBe(await drawn("c", 7));
    const all = new Set([await drawn("a"), await drawn("b"), await drawn("c"), await drawn("d", 7)]);
    expect(all.size).toBeGreaterThan(1);
  });

  test("flows row 31: a chain of ten thousand nodes and a thousand diamonds run in less than a second", async () => {
    const chain = Array.from({ length: 10_000 }, (_, n) => ({ id: `n${n}`, with: { v: `$step.n${n - 1}.v` } }));
    const chained = sampleIr(
      chain,
      chain.slice(1).map(({ id }, n) => `n${n} -> ${id}`),
    );
    const diamonds = Array.from({ length: 1000 }, (_, n) => n);
    const nodes = diamonds.flatMap((n) => [`t${n}`, `l${n}`, `r${n}`, `b${n}`]).map((id) => ({ id }));
    const edges = diamonds.flatMap((n) => [
      `t${n} -> l${n}`,
      `t${n} -> r${n}`,
      `l${n} -> b${n}`,
      `r${n} -> b${n}`,
      ...(n === 0 ? [] : [`b${n - 1} -> t${n}`]),
    ]);
    for (const [ir, count] of [
      [chained, 10_000],
      [sampleIr(nodes, edges), 4000],
    ] as const) {
      const start = Bun.nanoseconds();
      const { status, summary } = await runLocal(ir, { answers: { "op.x": { v: 1 } } });
      expect([status, summary.completed_steps]).toEqual(["completed", count]);
      expect((Bun.nanoseconds() - start) / 1e6).toBeLessThan(1000);
    }
  });
});
