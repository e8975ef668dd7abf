import { nameOfRunError, RUN_CODE, type RunError, type ValueObject } from "../flow/mod.ts";
import type { StepFailure } from "./step_provider.ts";

/** A moment after which the whole run is over, in milliseconds of its time. */
export interface RunLimit {
  readonly at: number;
  /** What the attempt that runs then, and the run, fail with. */
  readonly failure: StepFailure;
  readonly name: string;
  readonly blame?: "subject";
}

/** Of what may end a run, what comes first: its flow's `timeout_ms`, or `run_timeout_ms` (flows §10, 4; §11). */
export function runLimit(start: number, flowMs: number, runMs: number | undefined): RunLimit | undefined {
  const flow: RunLimit | undefined =
    flowMs === 0
      ? undefined
      : {
          at: start + flowMs,
          failure: over(RUN_CODE.stepFailed, "flow", flowMs, "FlowTimeout"),
          name: "E_STEP_FAILED",
        };
  const run: RunLimit | undefined =
    runMs === undefined
      ? undefined
      : {
          at: start + runMs,
          failure: over(RUN_CODE.transport, "run", runMs, "Timeout"),
          name: "E_RUN_TIMEOUT",
          blame: "subject",
        };
  if (flow === undefined || run === undefined) return flow ?? run;
  return run.at < flow.at ? run : flow;
}

function over(code: number, what: string, ms: number, cause: string): StepFailure {
  return { code, message: `the ${what} took longer than ${ms} ms`, retriable: false, details: { cause } };
}

/** The error of a run that ended with this error of a step. */
export function runErrorOf(code: number, message: string, data: ValueObject, limit?: RunLimit): RunError {
  return {
    code,
    name: limit?.name ?? nameOfRunError(code),
    message,
    data: limit?.blame === undefined ? data : { ...data, blame: limit.blame },
  };
}
