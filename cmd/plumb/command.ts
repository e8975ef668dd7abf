import type { CommandSpec, Output, ParsedArgs, ProgramSpec } from "../../internal/cli/mod.ts";
import type { ExitCode, Style } from "../../internal/diag/mod.ts";
import type { GlobalFlag } from "./global_flags.ts";

/** What a command gets from the outside. */
export interface Terminal {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly out: Output;
  /** Everything else. */
  readonly err: Output;
  readonly outStyle: Style;
  readonly errStyle: Style;
  /** The tables of all commands. */
  readonly program: ProgramSpec;
}

/** A command with its table; its body is loaded when it is run. */
export interface Command {
  readonly spec: CommandSpec;
  run(args: ParsedArgs, terminal: Terminal): Promise<ExitCode>;
}

/** The body of a command whose own flags are `Name`. */
export type CommandBody<Name extends string = never> = (
  args: ParsedArgs<Name | GlobalFlag>,
  terminal: Terminal,
) => ExitCode | Promise<ExitCode>;

/** Puts a table and the module of its body together. */
export function command<Name extends string>(
  spec: CommandSpec<Name>,
  load: () => Promise<{ readonly run: CommandBody<NoInfer<Name>> }>,
): Command {
  return {
    spec,
    run: async (args, terminal) => (await load()).run(args, terminal),
  };
}
