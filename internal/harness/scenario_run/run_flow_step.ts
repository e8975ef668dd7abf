import type { Finding } from "../../diag/mod.ts";
import { LocalEngine, Mocks, readMocks } from "../../engine/mod.ts";
import {
  checkInputs,
  FlowInputError,
  type RunError,
  type RunResult,
  unexpectedIn,
  type ValueObject,
} from "../../flow/mod.ts";
import { PluginThreads } from "../../plugins/mod.ts";
import { isObject, type Json, type Strict, writeCanonical } from "../../value/mod.ts";
import { DeterministicClock } from "../../world/mod.ts";
import { type ExpectedRun, type RunStep, settleValue } from "../scenario/mod.ts";
import type { FlowOutcome, FlowRunner, FlowWorld, PluginSetup } from "./flow_world.ts";

/**
 * Runs a flow on engine `local` in virtual time and holds it to what the step expects (flows §11, §15). `name` is `step 1`.
 *
 * @throws CaptureError
 */
export function runFlowStep(
  name: string,
  step: RunStep,
  captured: ReadonlyMap<string, Strict>,
  { rng, runId, providers }: FlowWorld,
): FlowOutcome {
  const inputs = step.inputs === undefined ? {} : objectOf(settleValue(step.inputs, captured));
  const misfits = checkInputs(step.ir.inputs_schema, inputs).filter(({ level }) => level === "error");
  if (misfits.length > 0) return refusal(name, misfits);
  const mocks = step.mocks.map((document) => readMocks(document).mocks);
  const engine = new LocalEngine({ mocks: mocks.reduce((all, more) => all.with(more), Mocks.NONE), rng, providers });
  const clock = new DeterministicClock();
  try {
    const { result, warnings } = engine.runAtOnce({ ir: step.ir, inputs, runId, traceId: TRACE_ID }, clock);
    const findings = judge(name, step.expect, result, captured);
    return { findings, warnings, status: result.status, virtualMs: clock.now() };
  } catch (error) {
    if (error instanceof FlowInputError) return refusal(name, error.diagnostics);
    throw error;
  }
}

/** What runs flows, with the thread of their plugins where there are any. */
export function openFlowRunner(setup: PluginSetup | undefined): FlowRunner {
  if (setup === undefined || setup.plugins.length === 0) {
    return { runFlow: runFlowStep, begin: () => undefined, close: () => undefined };
  }
  const threads = new PluginThreads(setup);
  const providers = [threads.provider(setup.plugins)];
  return {
    runFlow: (name, step, captured, world) => runFlowStep(name, step, captured, { ...world, providers }),
    begin: (print) => threads.begin(print),
    close: () => threads.close(),
  };
}

const TRACE_ID = "0".repeat(32);

function objectOf(value: Json): ValueObject {
  return isObject(value) ? (value as ValueObject) : {};
}

function refusal(name: string, findings: readonly { readonly code: string; readonly message: string }[]): FlowOutcome {
  const told = findings.map(({ code, message }) => ({ code, message: `${name}: ${code}: ${message}` }));
  return { findings: told, warnings: [], status: undefined, virtualMs: 0 };
}

/** A run that is not expected to fail must not. */
function judge(
  name: string,
  expect: ExpectedRun | undefined,
  result: RunResult,
  captured: ReadonlyMap<string, Strict>,
): Finding[] {
  const { status, error, outputs, exact = false } = expect ?? {};
  const { error: actual } = result;
  const failed =
    actual !== undefined && status === undefined && error === undefined
      ? [
          {
            code: actual.name,
            message: `${name}: ${actual.name}: ${actual.message}${missingOf(actual)}`,
            data: { error: actual },
          },
        ]
      : [];
  const unexpected = unexpectedIn(
    {
      exact,
      ...(status === undefined ? {} : { status }),
      ...(error === undefined ? {} : { error }),
      ...(outputs === undefined ? {} : { outputs: settleValue(outputs, captured) }),
    },
    result,
  );
  const mismatches = unexpected.map(({ path, expected: wanted, actual: found }) => ({
    code: "E_EXPECT_MISMATCH",
    message: `${name}: ${path} expected ${shown(wanted)}, got ${shown(found)}${whyOf(path, result)}`,
    data: { path, expected: wanted, actual: found },
  }));
  return [...failed, ...mismatches];
}

/** Which steps a flow that is refused lacks somebody for. */
function missingOf({ data }: RunError): string {
  const details = isObject(data.details ?? null) ? (data.details as ValueObject) : {};
  const missing = Array.isArray(details.missing) ? details.missing : [];
  const kinds = missing.flatMap((one) => (isObject(one) && typeof one.kind === "string" ? [one.kind] : []));
  return kinds.length === 0 ? "" : `; nobody performs ${kinds.join(", ")}: give it mocks, or a plugin`;
}

function shown(value: Json | undefined): string {
  return value === undefined ? "nothing" : writeCanonical(value);
}

/** A status says little without the error behind it. */
function whyOf(path: string, { error }: RunResult): string {
  return path === "status" && error !== undefined ? `: ${error.message}` : "";
}
