import { dirname, resolve } from "node:path";
import { ConfigError, givenRuntime, type RuntimeConfig, type RuntimeSettings } from "../config/mod.ts";
import { diagnostic, LineIndex } from "../diag/mod.ts";
import {
  checkInputs,
  FlowInputError,
  type FlowIr,
  findFlow,
  loadIr,
  loadManifest,
  nameOfRunError,
  type Problem,
  placed,
  RUN_CODE,
  type RunResult,
  type ValueObject,
} from "../flow/mod.ts";
import { checkJson, isObject, type Json, ValueError } from "../value/mod.ts";
import { freshRunId, freshTraceId } from "../world/mod.ts";
import type { Engine, EngineName } from "./engine.ts";
import { leaseEngine } from "./kept_engines.ts";
import { loadMocks } from "./load_mocks.ts";
import type { Mocks } from "./mocks.ts";
import { readMocks } from "./read_mocks.ts";
import { refused } from "./refusal.ts";

export interface RunIrFlowOptions {
  /** Default `{}`. */
  readonly inputs?: Json;
  /** Beats that of `runtime`; default `local`. An engine of one's own is not closed. */
  readonly engine?: EngineName | Engine;
  /** A mocks document, or the path of one. */
  readonly mocks?: Json;
  readonly runtime?: RuntimeConfig;
  readonly runId?: string;
  readonly seed?: number;
  /** Beats that of `runtime`; default 120000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs a flow of a manifest (flows §19). A failed, refused or cancelled run resolves.
 *
 * ```ts
 * const { status, outputs } = await runIrFlow("flows.hello", "out/dsl/manifest.json", { inputs: { temperature: 72 } });
 * ```
 * @throws FlowInputError for what is exit 2 on the command line
 */
export async function runIrFlow(
  flowName: string,
  manifestPath: string,
  options: RunIrFlowOptions = {},
): Promise<RunResult> {
  const cwd = resolve();
  const settings = settingsOf(options);
  const manifest = loadManifest(resolve(manifestPath), nameOf(manifestPath));
  const { ir, findings } = loadIr(manifest, findFlow(manifest, flowName), nameOf(manifestPath));
  const inputs = inputsOf(options.inputs ?? {});
  if (ir === undefined) return refusedVersion(findings[0]?.message ?? "", inputs);
  fitInputs(ir, inputs);
  const mocks = await mocksOf(options.mocks, cwd);
  const { engine: wanted = settings.engine, seed, signal } = options;
  const env = process.env;
  const { engine, release } =
    typeof wanted === "string"
      ? await leaseEngine({ engine: wanted, settings, cwd, env, mocks, seed })
      : { engine: wanted, release: async () => undefined };
  try {
    const runId = options.runId ?? freshRunId();
    return (await engine.run({ ir, inputs, runId, traceId: freshTraceId(), timeoutMs: settings.runTimeoutMs, signal }))
      .result;
  } finally {
    await release();
  }
}

/** The configuration, with what the options say instead; checked as that of a file is. */
function settingsOf({ runtime = {}, engine, timeoutMs }: RunIrFlowOptions): RuntimeSettings {
  const instead = {
    ...(engine === undefined ? {} : { engine: typeof engine === "string" ? engine : "local" }),
    ...(timeoutMs === undefined ? {} : { run_timeout_ms: timeoutMs }),
  };
  try {
    return givenRuntime(runtime, instead);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new FlowInputError(error.findings);
  }
}

/** Files are called as the caller called the manifest: by the same folder. */
function nameOf(manifestPath: string): (path: string) => string {
  const folder = dirname(resolve(manifestPath));
  const shown = dirname(manifestPath);
  return (path) => {
    const below = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
    if (below === undefined) return path;
    return shown === "." ? below : `${shown}/${below}`;
  };
}

/** A copy: what the caller does to its own later changes nothing. */
function inputsOf(given: Json): ValueObject {
  try {
    const inputs = structuredClone(checkJson(given));
    if (isObject(inputs)) return inputs;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new FlowInputError([diagnostic({ code: "E_INPUTS_JSON", message: `inputs: ${error.message}` })]);
  }
  const message = "inputs must be an object, from the names of inputs to values";
  throw new FlowInputError([diagnostic({ code: "E_INPUTS_SHAPE", message })]);
}

function fitInputs(ir: FlowIr, inputs: ValueObject): void {
  const problems = checkInputs(ir.inputs_schema, inputs);
  if (problems.some(({ level }) => level === "error")) throw inputProblems(problems, "inputs", inputs);
}

/** There is no text that they came from; they are shown as one. */
function inputProblems(problems: readonly Problem[], file: string, document: Json | ValueObject): FlowInputError {
  const source = new LineIndex(JSON.stringify(document, null, 2));
  return new FlowInputError(placed(problems, { file, source }), new Map([[file, source]]));
}

async function mocksOf(given: Json | undefined, cwd: string): Promise<Mocks | undefined> {
  if (given === undefined) return undefined;
  if (typeof given === "string") return await loadMocks(resolve(cwd, given), given);
  const { mocks, problems } = readMocks(given);
  if (problems.length > 0) throw inputProblems(problems, "mocks", given);
  return mocks;
}

function refusedVersion(message: string, inputs: ValueObject): RunResult {
  const code = RUN_CODE.irVersion;
  return refused({ inputs }, { code, name: nameOfRunError(code), message, data: { retriable: false, details: {} } });
}
