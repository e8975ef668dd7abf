import type { CommandSpec, ParsedArgs } from "../../internal/cli/mod.ts";
import { CHECKS, type CheckRecord, judgeExecutor, NoSuchCheck } from "../../internal/conformance/mod.ts";
import { diagnostic, didYouMean, EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { FlowInputError } from "../../internal/flow/mod.ts";
import { AddressError, RepFault } from "../../internal/rep/mod.ts";
import type { Terminal } from "./command.ts";
import { EXECUTOR_CHECK } from "./executor_check_command.ts";
import { CheckReports } from "./executor_check_reports.ts";
import { tellFindings, tellInputError } from "./flow_problem.ts";
import { flowSettings } from "./flow_settings.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { watchSignals } from "./signals.ts";

type CheckFlag = typeof EXECUTOR_CHECK extends CommandSpec<infer Name> ? Name : never;
type CheckArgs = ParsedArgs<CheckFlag | GlobalFlag>;

/** `plumb executor check` (flows §16). */
export async function run(args: CheckArgs, terminal: Terminal): Promise<ExitCode> {
  const { cwd, out, outStyle } = terminal;
  const { command, transport, env } = await subjectOf(args, terminal);
  if (command.length === 0 && transport === "stdio") {
    const message = "plumb executor check needs an executor: write it behind --, or --executor-path PATH";
    tell("E_EXECUTOR_REQUIRED", message, terminal);
    return EXIT.usage;
  }
  const reports = new CheckReports(
    { json: args.has("json"), junit: args.value("junit"), cwd, style: outStyle, quiet: args.has("quiet") },
    out,
  );
  const only = args.value("only");
  const abort = new AbortController();
  const interrupt = new Promise<undefined>((resolve) =>
    abort.signal.addEventListener("abort", () => resolve(undefined)),
  );
  const signals = watchSignals(() => abort.abort());
  const onRecord = (record: CheckRecord): void => reports.record(record);
  try {
    const options = { transport, cwd, env, signal: abort.signal, onRecord, ...(only === undefined ? {} : { only }) };
    const outcome = await Promise.race([judgeExecutor(command, options), interrupt]);
    const interrupted = signals.interrupted();
    if (outcome === undefined || interrupted !== undefined) return interrupted ?? EXIT.interrupted;
    reports.finish(outcome.records, outcome.summary);
    return outcome.summary.conforms ? EXIT.ok : EXIT.failure;
  } catch (error) {
    if (!tellProblem(error, terminal)) throw error;
    return EXIT.usage;
  } finally {
    signals.stop();
    reports.discard();
  }
}

interface Subject {
  /** The executor with its arguments; empty: something else starts it. */
  readonly command: readonly string[];
  readonly transport: string;
  readonly env: Terminal["env"];
}

/** What the command line names, else what the configuration of flows does (flows §14). @throws ConfigError */
async function subjectOf(args: CheckArgs, terminal: Terminal): Promise<Subject> {
  const { env } = terminal;
  const path = args.value("executor-path");
  const command = path === undefined ? args.rest : [path, ...args.rest];
  const transport = args.value("transport");
  if (command.length > 0 || transport !== undefined) return { command, transport: transport ?? "stdio", env };
  const { settings } = await flowSettings(EXECUTOR_CHECK.flags, args, terminal);
  const { executorPath, executorArgs, executorEnv } = settings;
  return {
    command: executorPath === null ? [] : [executorPath, ...executorArgs],
    transport: settings.transport,
    env: { ...env, ...executorEnv },
  };
}

/** Tells why there is nothing to check. */
function tellProblem(error: unknown, terminal: Terminal): boolean {
  if (error instanceof FlowInputError) tellInputError(error, terminal);
  else if (error instanceof RepFault) tell("E_REP_CONNECT", error.message, terminal);
  else if (error instanceof AddressError) tell("E_TRANSPORT", error.message, terminal);
  else if (error instanceof NoSuchCheck) tell("E_USAGE_VALUE", error.message, terminal, nearest(error.message));
  else return false;
  return true;
}

function tell(code: string, message: string, terminal: Terminal, help?: string): void {
  const data = help === undefined ? undefined : { help };
  tellFindings([diagnostic({ code, message, data })], terminal);
}

function nearest(message: string): string | undefined {
  return didYouMean(
    message.split(" ").at(-1) ?? "",
    CHECKS.flatMap(({ id }) => [id, id.replace(/-\d+$/, "")]),
  );
}
