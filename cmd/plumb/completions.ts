import { EXIT } from "../../internal/diag/mod.ts";
import type { CommandBody } from "./command.ts";
import { bashCompletions } from "./completions_bash.ts";
import { SHELLS } from "./completions_command.ts";
import { fishCompletions } from "./completions_fish.ts";
import { zshCompletions } from "./completions_zsh.ts";

const SCRIPTS = { bash: bashCompletions, zsh: zshCompletions, fish: fishCompletions };

/** `plumb completions SHELL`: a completion script, made from the flag tables. */
export const run: CommandBody = (args, { program, out }) => {
  const shell = SHELLS.find((known) => known === args.positionals[0]) ?? "bash";
  out.write(SCRIPTS[shell](program));
  return EXIT.ok;
};
