import { type CommandDef, defineCommand, runCommand } from "citty";
import type { CommandSpec, ProgramSpec } from "./command_table.ts";
import { nextWords } from "./find_command.ts";

/**
 * Runs the command `spec` by way of citty, whose command tree is made from the same tables as everything else. citty
 * gets the words of the command only: flags were checked and split before (spec/cli.md), and its own reading of them
 * would undo that (it keeps the last of a repeated flag and takes `--no-tests` for the opposite of `--tests`).
 */
export async function runCommandTree(
  program: ProgramSpec,
  spec: CommandSpec,
  body: () => Promise<void>,
): Promise<void> {
  const meta = { name: program.name, description: program.summary, version: program.version };
  const tree = defineCommand({ meta, subCommands: branches(program, "", spec, body) });
  await runCommand(tree, { rawArgs: spec.name.split(" ") });
}

function branches(
  program: ProgramSpec,
  group: string,
  chosen: CommandSpec,
  body: () => Promise<void>,
): Record<string, CommandDef> {
  const tree: Record<string, CommandDef> = {};
  for (const word of nextWords(program, group)) {
    const path = group === "" ? word : `${group} ${word}`;
    const spec = program.commands.find((command) => command.name === path);
    tree[word] =
      spec === undefined
        ? defineCommand({ meta: { name: word }, subCommands: branches(program, path, chosen, body) })
        : defineCommand({ meta: { name: word, description: spec.summary }, ...(spec === chosen ? { run: body } : {}) });
  }
  return tree;
}
