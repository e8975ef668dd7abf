import { resolve } from "node:path";
import { type CommandSpec, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import type { RuntimeSettings } from "../../internal/config/mod.ts";
import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { openEngine } from "../../internal/engine/mod.ts";
import { FlowInputError, findFlow, type LoadedIr, loadIr, loadManifest } from "../../internal/flow/mod.ts";
import { indentedJson } from "../../internal/value/mod.ts";
import { freshRunId } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";
import { type CallOutcome, callFlow, fitInputs, mocksOf, namer, refusedVersion } from "./flow_call.ts";
import { tellRunError } from "./flow_failure.ts";
import { readInputs } from "./flow_inputs.ts";
import { tellFindings, tellInputError } from "./flow_problem.ts";
import { flowSettings } from "./flow_settings.ts";
import { FlowTraceFile } from "./flow_trace_file.ts";
import type { GlobalFlag } from "./global_flags.ts";
import type { InputFile } from "./pipeline_inputs.ts";
import { amongPlugins } from "./plugin_guests.ts";
import { RUNTIME_RUN } from "./runtime_run_command.ts";

type RunFlag = typeof RUNTIME_RUN extends CommandSpec<infer Name> ? Name : never;
type RunArgs = ParsedArgs<RunFlag | GlobalFlag>;

/** `plumb runtime run` (flows §15). */
export async function run(args: RunArgs, terminal: Terminal): Promise<ExitCode> {
  const { settings, warnings } = await flowSettings(RUNTIME_RUN.flags, args, terminal);
  const wanted = { manifest: needed(args, "manifest"), flow: needed(args, "flow") };
  tellFindings(warnings, terminal);
  try {
    return await amongPlugins(settings, terminal, () => runFlow(args, wanted, settings, terminal));
  } catch (error) {
    if (!(error instanceof FlowInputError)) throw error;
    tellInputError(error, terminal);
    return EXIT.usage;
  }
}

async function runFlow(
  args: RunArgs,
  wanted: { readonly manifest: string; readonly flow: string },
  settings: RuntimeSettings,
  terminal: Terminal,
): Promise<ExitCode> {
  const { cwd, out } = terminal;
  const nameOf = namer(cwd);
  const manifest = loadManifest(resolve(cwd, wanted.manifest), nameOf);
  const entry = findFlow(manifest, wanted.flow);
  const loaded = loadIr(manifest, entry, nameOf);
  const inputs = readInputs(args.value("inputs"), cwd);
  const { ir } = loaded;
  const warnings = ir === undefined ? [] : fitInputs(ir, inputs);
  const mocks = await mocksOf(args.value("mocks"), cwd);
  const runId = args.value("run-id") ?? freshRunId();
  const seed = args.integer("seed");
  const setup = { engine: settings.engine, settings, cwd, env: terminal.env, executorArgs: args.rest, mocks, seed };
  const engine = ir === undefined ? undefined : await openEngine(setup);
  tellFindings([...loaded.findings, ...warnings], terminal);

  const given = args.value("trace");
  const trace =
    given === undefined ? undefined : new FlowTraceFile(given, filesOf(args, manifest.path, loaded, cwd), cwd);
  try {
    const outcome =
      ir === undefined || engine === undefined
        ? refusedVersion(loaded, inputs.value, runId)
        : await callFlow({ engine, ir, inputs: inputs.value, runId, settings });
    const { result, exit } = outcome;
    trace?.write(result.events, outcome.runId);
    tellFindings(outcome.warnings, terminal);
    if (result.error !== undefined && ir !== undefined)
      tellRunError(result.error, { ir, irPath: loaded.path }, terminal);
    out.write(`${indentedJson(printed(entry.name, settings.engine, outcome, args.has("show-state")))}\n`);
    return exit;
  } finally {
    trace?.discard();
  }
}

/** The one object on stdout, its members in the order of flows §15. */
function printed(
  flow: string,
  engine: string,
  { result, runId }: CallOutcome,
  showState: boolean,
): { [key: string]: unknown } {
  const { status, summary, events, outputs, error, state } = result;
  return {
    flow,
    status,
    summary,
    events,
    outputs,
    run_id: runId,
    engine,
    ...(error === undefined ? {} : { error }),
    ...(showState ? { state } : {}),
  };
}

/** A flag without which there is nothing to do. */
function needed(args: RunArgs, flag: "manifest" | "flow"): string {
  const value = args.value(flag);
  if (value !== undefined && value !== "") return value;
  throw new UsageError("E_USAGE_FLAG", `plumb runtime run needs --${flag}`);
}

/** What a trace must not overwrite. */
function filesOf(args: RunArgs, manifest: string, { path }: LoadedIr, cwd: string): readonly InputFile[] {
  const inputs = args.value("inputs");
  const mocks = args.value("mocks");
  return [
    { at: manifest, what: "the manifest" },
    { at: path, what: "the IR of the flow" },
    ...(inputs?.startsWith("@") ? [{ at: resolve(cwd, inputs.slice(1)), what: "the inputs" }] : []),
    ...(mocks === undefined ? [] : [{ at: resolve(cwd, mocks), what: "the mocks" }]),
  ];
}
