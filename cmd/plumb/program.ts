import {
  type Invocation,
  isTerminal,
  Output,
  parseArgv,
  runCommandTree,
  UsageError,
  usage,
  wantsColour,
} from "../../internal/cli/mod.ts";
import { ANSI, EXIT, type ExitCode, PLAIN, type Style } from "../../internal/diag/mod.ts";
import type { Terminal } from "./command.ts";
import { COMMANDS, programSpec } from "./commands.ts";
import { earlyFlags } from "./early_flags.ts";
import { reportProblem } from "./report_problem.ts";

/** Text is kept up to this length where nobody watches it come; on a terminal every line shows at once. */
const BUFFER = 32 * 1024;

export interface ProgramInputs {
  /** Without the executable. */
  readonly argv: readonly string[];
  readonly version: string;
  /** Variables that Bun obeyed before plumb could start. */
  readonly warnings: readonly string[];
}

/** Runs a command line to its exit code. Whatever goes wrong has been told when it returns. */
export async function runProgram({ argv, version, warnings }: ProgramInputs): Promise<number> {
  const { env } = process;
  const toTerminal = isTerminal(1);
  const out = new Output(1, { buffer: toTerminal ? 0 : BUFFER });
  const err = new Output(2, { mayBeLost: true, after: out });
  const early = earlyFlags(argv);
  const style = (isTerminal: () => boolean): Style => (wantsColour(early.color, env, isTerminal) ? ANSI : PLAIN);
  const terminal: Terminal = {
    cwd: process.cwd(),
    env,
    out,
    err,
    outStyle: style(() => toTerminal),
    errStyle: style(() => isTerminal(2)),
    program: programSpec(version),
  };
  const problem = { style: terminal.errStyle, verbose: early.verbose };
  // An error outside of any promise that we await; without this Bun would end with 1, the code of a failed test.
  const onBug = (error: unknown): void => process.exit(lastWords(error, terminal, problem).code);
  process.once("uncaughtException", onBug);
  process.once("unhandledRejection", onBug);

  let exit: ExitCode;
  try {
    for (const name of warnings) {
      err.write(`${terminal.errStyle.yellow("warning")}: ${name} is set: it changes how this executable runs\n`);
    }
    exit = await runArgv(argv, terminal);
    out.flush();
  } catch (error) {
    exit = lastWords(error, terminal, problem);
  }
  return exit.code;
}

/** What is kept for stdout goes out even after an error, if it still can. */
function lastWords(error: unknown, { out, err }: Terminal, problem: { style: Style; verbose: boolean }): ExitCode {
  try {
    out.flush();
  } catch {
    // The reader of stdout is gone too; the first error is the one to tell.
  }
  return reportProblem(error, err, problem);
}

async function runArgv(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { program } = terminal;
  if (argv.length === 0) {
    terminal.err.write(usage(program, "", terminal.errStyle));
    return EXIT.usage;
  }
  const invocation = parseArgv(program, argv);
  switch (invocation.kind) {
    case "version":
      terminal.out.write(`plumb ${program.version}\n`);
      return EXIT.ok;
    case "help":
      terminal.out.write(usage(program, invocation.path, terminal.outStyle));
      return EXIT.ok;
    case "run":
      return await dispatch(invocation, terminal);
  }
}

async function dispatch({ spec, args }: Extract<Invocation, { kind: "run" }>, terminal: Terminal): Promise<ExitCode> {
  const command = COMMANDS.find((candidate) => candidate.spec === spec);
  if (command === undefined) throw new Error(`no body for command ${spec.name}`);
  // citty hands no result back from a subcommand.
  let exit: ExitCode = EXIT.internal;
  await runCommandTree(terminal.program, spec, async () => {
    try {
      exit = await command.run(args, terminal);
    } catch (error) {
      throw error instanceof UsageError && error.command === undefined ? error.of(spec.name) : error;
    }
  });
  return exit;
}
