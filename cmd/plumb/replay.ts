import { resolve } from "node:path";
import type { CommandSpec, ParsedArgs } from "../../internal/cli/mod.ts";
import { diagnostic, EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import { HandlerThreads } from "../../internal/handlers/mod.ts";
import { guarded, openReader, StoreError } from "../../internal/store/mod.ts";
import { HandlerHang, type Program, type ReplayResult, replay } from "../../internal/sync/mod.ts";
import type { Terminal } from "./command.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { loadProgram } from "./load_program.ts";
import { givenLog, givenSpecs } from "./log_flags.ts";
import { tellLogProblem } from "./log_problem.ts";
import type { REPLAY } from "./replay_command.ts";
import { divergencePlace, replayJson, replayText } from "./replay_report.ts";
import { tellProblem } from "./tell_problem.ts";
import { chosenFlows, NothingSelected } from "./trace_select.ts";

type ReplayFlag = typeof REPLAY extends CommandSpec<infer Name> ? Name : never;
type ReplayArgs = ParsedArgs<ReplayFlag | GlobalFlag>;

/** `plumb replay --db FILE --specs PATH…` (spec/scenarios.md §11). */
export async function run(args: ReplayArgs, terminal: Terminal): Promise<ExitCode> {
  const path = resolve(terminal.cwd, givenLog(args));
  const handlers = new HandlerThreads({ open: true, print: (_stream, text) => terminal.err.write(text) });
  try {
    const program = await loadProgram(givenSpecs(args), terminal, handlers, args.has("quiet"));
    if (program === undefined) return EXIT.usage;
    const result = replayed(path, program, handlers, args);
    if (result.isSpecChanged) {
      const message = "the log was written under other specs or handlers than these";
      tellProblem(diagnostic({ code: "W_SPEC_CHANGED", level: "warn", message }), terminal);
    }
    terminal.out.write(args.has("json") ? replayJson(result) : replayText(result));
    const { divergence } = result;
    if (divergence === undefined) return EXIT.ok;
    const message = `the replay differs from the log at ${divergencePlace(divergence)}`;
    const help = divergence.isOfQuota ? "give --max-steps as the runs that wrote the log had it" : undefined;
    tellProblem(diagnostic({ code: "E_REPLAY_DIVERGED", message, data: help && { help } }), terminal);
    return EXIT.failure;
  } catch (error) {
    if (error instanceof HandlerHang) {
      const { code, message } = error;
      tellProblem(diagnostic({ code, message }), terminal);
      return EXIT.failure;
    }
    if (!(error instanceof StoreError) && !(error instanceof NothingSelected)) throw error;
    tellLogProblem(error, path, terminal);
    return EXIT.usage;
  } finally {
    handlers.close();
  }
}

function replayed(path: string, program: Program, handlers: HandlerThreads, args: ReplayArgs): ReplayResult {
  const log = openReader(path);
  try {
    return guarded(path, () => {
      const token = args.value("flow");
      const [flow] = token === undefined ? [] : chosenFlows(log.reader, token);
      const maxSteps = args.integer("max-steps");
      return replay(log, program, { handlers, maxSteps, flow: flow?.flow_token });
    });
  } finally {
    log.close();
  }
}
