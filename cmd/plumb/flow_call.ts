import { resolve } from "node:path";
import type { RuntimeSettings } from "../../internal/config/mod.ts";
import { type Diagnostic, EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { type Engine, type EngineRun, loadMocks, type Mocks, refused } from "../../internal/engine/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import {
  checkInputs,
  exitOfRunError,
  FlowInputError,
  type FlowIr,
  inputError,
  type LoadedIr,
  nameOfRunError,
  placed,
  RUN_CODE,
  type RunResult,
  type ValueObject,
} from "../../internal/flow/mod.ts";
import { freshTraceId } from "../../internal/world/mod.ts";
import type { InputsDocument } from "./flow_inputs.ts";
import { watchSignals } from "./signals.ts";

/** How a command that runs flows names files. */
export function namer(cwd: string): (path: string) => string {
  return (path) => nameFromRoot(path, cwd);
}

/** The mocks that `--mocks` names. Throws FlowInputError. */
export async function mocksOf(given: string | undefined, cwd: string): Promise<Mocks | undefined> {
  if (given === undefined) return undefined;
  const path = resolve(cwd, given);
  return await loadMocks(path, nameFromRoot(path, cwd));
}

/**
 * Holds inputs to what a flow declares; returns warnings.
 * @throws FlowInputError: E_INPUT_…
 */
export function fitInputs(ir: FlowIr, inputs: InputsDocument): readonly Diagnostic[] {
  const findings = placed(checkInputs(ir.inputs_schema, inputs.value), inputs);
  if (findings.some(({ level }) => level === "error")) throw inputError(findings, inputs);
  return findings;
}

/** What a command makes of a run that ended, or was never begun. */
export interface CallOutcome extends EngineRun {
  readonly exit: ExitCode;
  /** The exit code of the signal that came while it ran. */
  readonly interrupted: ExitCode | undefined;
}

export interface FlowCall {
  readonly engine: Engine;
  readonly ir: FlowIr;
  readonly inputs: ValueObject;
  readonly runId: string;
  readonly settings: RuntimeSettings;
}

/**
 * Runs a flow to its end; SIGINT and SIGTERM cancel it (flows §15).
 * @throws FlowInputError
 */
export async function callFlow({ engine, ir, inputs, runId, settings }: FlowCall): Promise<CallOutcome> {
  const abort = new AbortController();
  const signals = watchSignals(() => abort.abort());
  try {
    const timeoutMs = settings.runTimeoutMs;
    const run = await engine.run({ ir, inputs, runId, traceId: freshTraceId(), timeoutMs, signal: abort.signal });
    const interrupted = signals.interrupted();
    return { ...run, exit: interrupted ?? exitOf(run.result), interrupted };
  } finally {
    signals.stop();
    await engine.close();
  }
}

function exitOf({ status, error }: RunResult): ExitCode {
  if (status === "completed") return EXIT.ok;
  return error === undefined ? EXIT.failure : exitOfRunError(error.code);
}

/** The run of a flow whose IR is of a version that plumb does not run (flows §9). */
export function refusedVersion({ findings }: LoadedIr, inputs: ValueObject, runId: string): CallOutcome {
  const code = RUN_CODE.irVersion;
  const message = findings[0]?.message ?? "the version of the IR is refused";
  const error = { code, name: nameOfRunError(code), message, data: { retriable: false, details: {} } };
  const exit = exitOfRunError(code);
  return { result: refused({ inputs }, error), runId, warnings: [], exit, interrupted: undefined };
}

/** What a step before the run gave, or why there is none. */
export type Tried<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: FlowInputError };

export async function tryInput<T>(make: () => T | Promise<T>): Promise<Tried<T>> {
  try {
    return { ok: true, value: await make() };
  } catch (error) {
    if (error instanceof FlowInputError) return { ok: false, error };
    throw error;
  }
}
