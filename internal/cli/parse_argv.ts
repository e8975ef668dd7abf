import { BUILTIN_FLAGS } from "./builtin_flags.ts";
import type { CommandSpec, ProgramSpec } from "./command_table.ts";
import { type FoundCommand, findCommand, type HelpRequest } from "./find_command.ts";
import { FlagReader, looksLikeFlag } from "./flag_reader.ts";
import { ParsedArgs } from "./parsed_args.ts";
import { checkPositionals } from "./positionals.ts";
import { UsageError } from "./usage_error.ts";

/** What a command line asks for. */
export type Invocation = HelpRequest | { readonly kind: "run"; readonly spec: CommandSpec; readonly args: ParsedArgs };

/**
 * Checks and splits a command line by the flag tables (spec/cli.md). Global flags may stand before or after the
 * command; `--` ends flags. `argv` is without the executable.
 *
 * @throws UsageError, with a did-you-mean where one is near
 */
export function parseArgv(program: ProgramSpec, argv: readonly string[]): Invocation {
  const reader = new FlagReader();
  const found = findCommand(program, argv, reader);
  if (found.kind !== "command") return found;
  try {
    return parseCommand(program, found, argv, reader);
  } catch (error) {
    throw error instanceof UsageError ? error.of(found.spec.name) : error;
  }
}

function parseCommand(
  program: ProgramSpec,
  { spec, next, flagsEnded }: FoundCommand,
  argv: readonly string[],
  reader: FlagReader,
): Invocation {
  // A command's own row of a flag beats the global one: `plumb test --verbose` does more than the others'.
  const table = [...spec.flags, ...program.globals, ...BUILTIN_FLAGS];
  const words: string[] = [];
  let at = next;
  while (!flagsEnded && at < argv.length && argv[at] !== "--") {
    const word = argv[at] ?? "";
    if (looksLikeFlag(word)) {
      at = reader.read(argv, at, table);
      if (reader.values.has("help")) return { kind: "help", path: spec.name };
    } else {
      words.push(word);
      at += 1;
    }
  }
  const after = argv.slice(flagsEnded ? at : at + 1);
  const positionals = spec.rest === undefined ? [...words, ...after] : words;
  checkPositionals(program.name, spec, positionals);
  const rest = spec.rest === undefined ? [] : after;
  return { kind: "run", spec, args: new ParsedArgs(reader.values, positionals, rest) };
}
