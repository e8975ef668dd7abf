import { expect, test } from "bun:test";
import fc from "fast-check";
import { checkIr, type RunEvent, type RunResult, type ValueObject } from "../flow/mod.ts";
import { DeterministicClock } from "../world/mod.ts";
import { type FlowCase, flowCases } from "./flow_arbitraries.ts";
import { LocalEngine } from "./local_engine.ts";
import { type ReferenceResult, referenceRun } from "./reference_run.ts";
import { virtualRunTime } from "./run_time.ts";
import type { StepProvider } from "./step_provider.ts";

/** A few hundred in the suite; `PLUMB_FLOW_RUNS=10000` is what issue 5 asks for. */
const RUNS = Number(process.env.PLUMB_FLOW_RUNS ?? 300);

/** Steps answer as their scripts say: at once, late, or by a promise that sleeps. */
function scripted({ scripts }: FlowCase, byPromise: boolean): StepProvider {
  return {
    open: () => () => (call) => {
      const script = scripts.get(call.stepId) ?? [];
      const { delay, error, result } = script[Math.min(call.attempt, script.length) - 1] ?? { delay: 0 };
      const answer = error
        ? ({ ok: false, failure: { ...error, message: "no", details: {} } } as const)
        : ({ ok: true, result: result ?? {} } as const);
      if (byPromise) return (delay > 0 ? call.sleep(delay) : Promise.resolve()).then(() => answer);
      return delay === 0 ? answer : { afterMs: delay, answer };
    },
  };
}

type How = "at once" | "answers" | "promises";

async function engineRun(flow: FlowCase, how: How): Promise<ReferenceResult> {
  const clock = new DeterministicClock();
  const engine = new LocalEngine({
    providers: [scripted(flow, how === "promises")],
    time: () => virtualRunTime(clock),
  });
  const request = { ir: flow.ir, inputs: flow.inputs, runId: "r", traceId: "t" };
  const { result } = how === "at once" ? engine.runAtOnce(request, clock) : await engine.run(request);
  return asReference(result, clock.now());
}

/** What the reference knows of a result. */
function asReference({ status, events, state, outputs, summary, error }: RunResult, end: number): ReferenceResult {
  const failed = (value: ValueObject[string]): ValueObject[string] => {
    const step = value as { error?: { code: number } };
    return step.error === undefined ? value : { failed: step.error.code };
  };
  return {
    status,
    events: events.flatMap((event) => (event.type === "step" ? [eventText(event)] : [])),
    steps: Object.fromEntries(Object.entries(state.steps).map(([id, value]) => [id, failed(value)])),
    outputs,
    counts: [Number(summary.completed_steps), Number(summary.failed_steps), Number(summary.skipped_steps)],
    error: error && {
      code: error.code,
      cause: (error.data.details as { cause?: string }).cause,
      step: String(error.data.step_id),
      attempt: Number(error.data.attempt),
    },
    end,
  };
}

function eventText(event: Extract<RunEvent, { type: "step" }>): string {
  const ms = Date.parse(event.timestamp);
  const what = `${event.step_id} ${event.state} ${event.attempt}`;
  if (event.state === "started") return `${what} @${ms}`;
  if (event.state === "succeeded") return `${what}${event.kind === "switch" ? ` ${event.result.case}` : ""} @${ms}`;
  const { cause } = event.error.data.details;
  return `${what}${cause === undefined ? "" : ` ${cause}`}${event.will_retry ? " retry" : ""} @${ms}`;
}

test(`engine local does what a naive interpreter of the graph does, on ${RUNS} random flows`, async () => {
  await fc.assert(
    fc.asyncProperty(flowCases, fc.constantFrom<How>("at once", "answers", "promises"), async (flow, how) => {
      const isValid = checkIr(flow.ir).problems.every(({ level }) => level !== "error");
      fc.pre(isValid);
      expect(await engineRun(flow, how)).toEqual(referenceRun(flow.ir, flow.inputs, flow.scripts));
    }),
    { numRuns: RUNS },
  );
}, 600_000);
