import { didYouMean } from "../diag/mod.ts";
import type { CommandSpec, Positional } from "./command_table.ts";
import { UsageError } from "./usage_error.ts";

/** Holds the words of a command line that are no flags to the command's table: their number, and choices. */
export function checkPositionals(program: string, spec: CommandSpec, words: readonly string[]): void {
  const command = `${program} ${spec.name}`;
  const last = spec.positionals.at(-1);
  for (const [index, word] of words.entries()) {
    const positional = spec.positionals[index] ?? (last?.repeatable === true ? last : undefined);
    if (positional === undefined) {
      const most = last === undefined ? "takes none" : `takes at most ${spec.positionals.length}`;
      throw new UsageError("E_USAGE_ARGUMENT", `unexpected argument ${JSON.stringify(word)}: ${command} ${most}`);
    }
    if (positional.path === true && word === "") {
      throw new UsageError("E_USAGE_ARGUMENT", `${positional.name} expects a path, found ""`);
    }
    checkChoice(positional, word);
  }
  const missing = spec.positionals[words.length];
  if (missing?.required !== true) return;
  throw new UsageError("E_USAGE_ARGUMENT", `${command} needs ${missing.name}${oneOf(missing)}`);
}

function checkChoice(positional: Positional, word: string): void {
  const { choices, name } = positional;
  if (choices === undefined || choices.includes(word)) return;
  throw new UsageError(
    "E_USAGE_ARGUMENT",
    `unknown ${name} ${JSON.stringify(word)}${oneOf(positional)}`,
    didYouMean(word, choices),
  );
}

function oneOf({ choices }: Positional): string {
  return choices === undefined ? "" : `, one of ${choices.join(", ")}`;
}
