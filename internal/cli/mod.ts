// The command line: flag tables, the check of argv against them, usage text, and the one way to write to a stream.
// Used by cmd only; knows no command.
export { BUILTIN_FLAGS, VERSION_FLAG } from "./builtin_flags.ts";
export { type ColourChoice, isTerminal, wantsColour } from "./colour.ts";
export { columns, wrap } from "./columns.ts";
export {
  type CommandSpec,
  defineCommand,
  defineFlags,
  type ProgramSpec,
  synopsis,
} from "./command_table.ts";
export { runCommandTree } from "./command_tree.ts";
export { nextWords, positionalWords } from "./find_command.ts";
export { type Flag, flagDefault, flagUsage, type Refusal } from "./flag.ts";
export { ClosedPipe, Output, WriteFailed } from "./output.ts";
export { type Invocation, parseArgv } from "./parse_argv.ts";
export { ParsedArgs } from "./parsed_args.ts";
export { usage } from "./usage.ts";
export { UsageError } from "./usage_error.ts";
