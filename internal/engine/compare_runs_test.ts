import { describe, expect, test } from "bun:test";
import { type RunResult, reportedEvent, type ValueObject } from "../flow/mod.ts";
import { RUN_COMPARED, RUN_EXCLUSIONS } from "../trace/mod.ts";
import { compareRuns } from "./compare_runs.ts";

const AT = "2026-01-01T00:00:00Z";
const step = (step_id: string, state: string, more: ValueObject): ValueObject => ({
  type: "step",
  timestamp: AT,
  step_id,
  kind: "k",
  state,
  attempt: 1,
  ...more,
});

function run(events: readonly ValueObject[], more: Partial<RunResult> = {}): RunResult {
  const outputs = { r: 1 };
  const state = { inputs: {}, steps: {}, outputs };
  return { status: "completed", state, summary: {}, outputs, events: events.map(reportedEvent), ...more };
}

const RAN = [step("a", "started", { args: { x: 1 } }), step("a", "succeeded", { result: { y: 2 }, duration_ms: 3 })];

describe("two engines on one flow (flows §15, against)", () => {
  test("agree whatever is left out", () => {
    const later = [
      { type: "log", timestamp: AT, level: "info", message: "hello" },
      step("a", "started", { args: { x: 0 }, timestamp: "2027-01-01T00:00:00Z" }),
      step("a", "failed", { error: { code: 2001, message: "busy" }, will_retry: true }),
      step("a", "started", { args: { x: 1 }, attempt: 2 }),
      step("a", "succeeded", { result: { y: 2 }, attempt: 2, duration_ms: 99 }),
    ];
    expect(compareRuns(run(RAN), run(later))).toEqual({ difference: undefined, unreported: [], steps: 1 });
  });

  test("differ first where a step does, as path, expected, actual", () => {
    const other = [RAN[0] ?? {}, step("a", "succeeded", { result: { y: 3 } })];
    const outputs = { r: 2 };
    expect(compareRuns(run(RAN), run(other, { outputs })).difference).toEqual({
      path: "$.steps[0].result.y",
      kind: "changed",
      expected: 2,
      actual: 3,
    });
    expect(compareRuns(run(RAN), run(RAN, { outputs })).difference?.path).toBe("$.outputs.r");
    expect(compareRuns(run(RAN), run(RAN, { status: "failed" })).difference?.path).toBe("$.status");
    expect(compareRuns(run(RAN), run([])).difference).toMatchObject({ path: "$.steps[0]", kind: "missing" });
  });

  test("errors are compared by their codes", () => {
    const failed = (code: number, message: string) =>
      run([step("a", "failed", { error: { code, message }, will_retry: false })]);
    expect(compareRuns(failed(2001, "x"), failed(2001, "y")).difference).toBeUndefined();
    expect(compareRuns(failed(2001, "x"), failed(2002, "x")).difference?.path).toBe('$.steps[0]["error.code"]');
  });

  test("args or results that one side does not report are listed, not compared", () => {
    const silent = [step("a", "started", {}), step("a", "succeeded", {})];
    expect(compareRuns(run(RAN), run(silent))).toEqual({
      difference: undefined,
      unreported: ["args of a", "result of a"],
      steps: 1,
    });
  });

  test("every member of a step event is compared or left out for a reason", () => {
    const members = [
      step("a", "failed", { error: { code: 1, message: "", data: {} }, duration_ms: 0, will_retry: false }),
      ...RAN,
    ].flatMap((event) =>
      Object.entries(event).flatMap(([key, value]) =>
        key === "error" ? Object.keys(Object(value)).map((inner) => `error.${inner}`) : [key],
      ),
    );
    const known = [...RUN_COMPARED, ...RUN_EXCLUSIONS.map(({ member }) => member)];
    expect([...new Set(members)].sort()).toEqual(known.toSorted());
  });
});
