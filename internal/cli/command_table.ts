import type { Flag } from "./flag.ts";

/** A word of a command line that is no flag. Those that are not required come last, a repeatable one at the end. */
export interface Positional {
  /** As in usage text: `PATH`. */
  readonly name: string;
  readonly help: string;
  readonly required?: boolean;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  /** The word is a file or a folder: it is never empty. */
  readonly path?: boolean;
  /** The word is a command or a topic of help: completions offer those. */
  readonly topic?: boolean;
  /** As usage text shows it. */
  readonly default?: string;
}

/** One command: the table that argv is checked against and that usage text, completions and the manual come from. */
export interface CommandSpec<Name extends string = string> {
  /** `test`, or for a subcommand both words: `dsl compile`. */
  readonly name: string;
  /** One line, lower case, without a full stop. */
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly flags: readonly Flag<Name>[];
  /** What follows `--`, if it is kept apart from the positionals: the command line of an executor. */
  readonly rest?: { readonly name: string; readonly help: string };
  /** Two worked examples: a command line and what it does. */
  readonly examples: readonly [Example, Example];
}

export type Example = readonly [command: string, what: string];

/** All commands of a program and the flags that stand before or after each of them. */
export interface ProgramSpec {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly globals: readonly Flag[];
  /** What `help` explains beside commands. */
  readonly topics: readonly string[];
  readonly commands: readonly CommandSpec[];
}

/** Declares a command so that the names of its flags are known to the compiler where they are read. */
export function defineCommand<const Name extends string>(spec: CommandSpec<Name>): CommandSpec<Name> {
  return spec;
}

/** Declares flags so that their names are known to the compiler. */
export function defineFlags<const Name extends string>(flags: readonly Flag<Name>[]): readonly Flag<Name>[] {
  return flags;
}

/** `plumb test [PATH…] [flags]`: the synopsis of a command. */
export function synopsis(program: string, spec: CommandSpec): string {
  const words = [program, spec.name, ...spec.positionals.map(positionalUsage)];
  if (spec.flags.length > 0) words.push("[flags]");
  if (spec.rest !== undefined) words.push(`[-- ${spec.rest.name}]`);
  return words.join(" ");
}

function positionalUsage(positional: Positional): string {
  const name = `${positional.name}${positional.repeatable === true ? "…" : ""}`;
  return positional.required === true ? name : `[${name}]`;
}
