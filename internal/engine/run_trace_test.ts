import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import * as v from "valibot";
import { sampleIr, sampleSwitch } from "../testkit/mod.ts";
import { TraceEventSchema } from "../trace/mod.ts";
import { COLDSTORE, runLocal } from "./engine_fixtures.ts";
import { runTrace } from "./run_trace.ts";

describe("a run leaves a trace as every other subject does (scenarios.md §9)", () => {
  test("flows row 39: the first run of the cold store has 14 events", async () => {
    const ir = await Bun.file(join(COLDSTORE, "expected/flows/coldstore.monitor.ir.json")).json();
    const inputs = await Bun.file(join(COLDSTORE, "inputs.json")).json();
    const { parse } = await import("yaml");
    const answers = parse(await Bun.file(join(COLDSTORE, "mocks.yaml")).text());
    const { events } = await runLocal(ir, { inputs, answers, runId: "demo" });
    const trace = runTrace(events, "demo");
    expect(trace).toHaveLength(14);
    expect(trace.map(({ seq }) => seq)).toEqual([...Array(14).keys()].map((n) => n + 1));
    for (const event of trace) expect(v.is(TraceEventSchema, event)).toBe(true);
    expect(trace[0]).toMatchObject({ type: "invocation", action_uri: "coldstore.read", args: inputs });
    expect(trace[1]).toMatchObject({
      type: "completion",
      action_uri: "coldstore.read",
      invocation: trace[0]?.id,
      output_case: "Error",
      result: { code: 2001, message: "probe bus busy" },
    });
    expect(trace.flatMap((event) => (event.type === "completion" ? [event.output_case] : []))).toEqual([
      "Error",
      "Success",
      "Success",
      "COOL",
      "Success",
      "Success",
      "Success",
    ]);
  });

  test("the same events give the same ids; the run_id enters them, time does not", async () => {
    const ir = sampleIr([sampleSwitch("s", "m", { x: "a" }), { id: "a" }], ["s -x> a"]);
    const { events } = await runLocal(ir, { inputs: { m: "x" }, answers: { a: { delay_ms: 50, result: { n: 1.5 } } } });
    const faster = await runLocal(ir, { inputs: { m: "x" }, answers: { a: { result: { n: 1.5 } } } });
    expect(runTrace(events, "r")).toEqual(runTrace(faster.events, "r"));
    expect(runTrace(events, "r")[0]?.id).not.toBe(runTrace(events, "q")[0]?.id);
  });

  test("what an executor left out is {}, and a completion never stands alone", () => {
    const base = {
      type: "step",
      timestamp: "1970-01-01T00:00:00.000Z",
      step_id: "a",
      kind: "op.x",
      attempt: 1,
    } as const;
    const left = [{ ...base, state: "succeeded", duration_ms: 0 }] as never;
    expect(runTrace(left, "r").map(({ type, seq }) => [type, seq])).toEqual([
      ["invocation", 1],
      ["completion", 2],
    ]);
  });
});
