import { didYouMean } from "../diag/mod.ts";
import { BUILTIN_FLAGS, VERSION_FLAG } from "./builtin_flags.ts";
import type { CommandSpec, Positional, ProgramSpec } from "./command_table.ts";
import { type FlagReader, looksLikeFlag } from "./flag_reader.ts";
import { UsageError } from "./usage_error.ts";

/** A command line that asks about the program itself. */
export type HelpRequest =
  | { readonly kind: "version" }
  /** `path` is empty for the program itself, one word for a group of commands, else the command's name. */
  | { readonly kind: "help"; readonly path: string };

/** The command that a command line names. */
export interface FoundCommand {
  readonly kind: "command";
  readonly spec: CommandSpec;
  /** The index of the word after its name. */
  readonly next: number;
  /** `--` stood before the name: everything after it is an argument. */
  readonly flagsEnded: boolean;
}

/**
 * Finds the command that `argv` names: one word or, in a group (`dsl compile`), two. Global flags before and between
 * the words go to `reader`.
 */
export function findCommand(
  program: ProgramSpec,
  argv: readonly string[],
  reader: FlagReader,
): HelpRequest | FoundCommand {
  const globals = [...program.globals, ...BUILTIN_FLAGS, VERSION_FLAG];
  const ofCommands = program.commands.flatMap((command) => command.flags);
  let path = "";
  let flagsEnded = false;
  for (let at = 0; at < argv.length; ) {
    const word = argv[at] ?? "";
    if (word === "--" && !flagsEnded) {
      flagsEnded = true;
      at += 1;
    } else if (looksLikeFlag(word) && !flagsEnded) {
      at = reader.read(argv, at, globals, ofCommands);
      if (reader.values.has("help")) return { kind: "help", path };
    } else {
      if (reader.values.has("version")) {
        throw new UsageError("E_USAGE_ARGUMENT", `unexpected argument ${JSON.stringify(word)}: --version takes none`);
      }
      if (!nextWords(program, path).includes(word)) throw unknownCommand(program, path, word);
      path = path === "" ? word : `${path} ${word}`;
      at += 1;
      const spec = program.commands.find((command) => command.name === path);
      if (spec !== undefined) return { kind: "command", spec, next: at, flagsEnded };
    }
  }
  if (reader.values.has("version")) return { kind: "version" };
  if (path === "") throw new UsageError("E_USAGE_COMMAND", `${program.name} needs a command`);
  const subcommands = nextWords(program, path).join(", ");
  throw new UsageError("E_USAGE_COMMAND", `${program.name} ${path} needs a subcommand: ${subcommands}`);
}

/** The words that may follow `group` (empty: the program itself), each once, in table order. */
export function nextWords(program: ProgramSpec, group: string): readonly string[] {
  const depth = group === "" ? 0 : group.split(" ").length;
  const below = program.commands.filter((command) => group === "" || command.name.startsWith(`${group} `));
  return [...new Set(below.map((command) => command.name.split(" ")[depth] ?? ""))];
}

/** The words that completions offer in the place of a positional; none where files belong there. */
export function positionalWords(program: ProgramSpec, { choices, topic }: Positional): readonly string[] {
  return topic === true ? [...nextWords(program, ""), ...program.topics] : (choices ?? []);
}

function unknownCommand(program: ProgramSpec, group: string, word: string): UsageError {
  const known = nextWords(program, group);
  const meant = didYouMean(word, known);
  const path = group === "" ? program.name : `${program.name} ${group}`;
  const shown = /^[\w.-]+$/.test(word) ? word : JSON.stringify(word);
  return new UsageError(
    "E_USAGE_COMMAND",
    group === ""
      ? `unknown command ${shown}`
      : `unknown subcommand ${shown} of ${path}, expected one of ${known.join(", ")}`,
    meant === undefined ? undefined : `${path} ${meant}`,
  );
}
