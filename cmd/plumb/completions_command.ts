import { defineCommand } from "../../internal/cli/mod.ts";

export const SHELLS = ["bash", "zsh", "fish"] as const;

export const COMPLETIONS = defineCommand({
  name: "completions",
  summary: "print the completion script of a shell",
  positionals: [{ name: "SHELL", required: true, choices: SHELLS, help: "the shell" }],
  flags: [],
  examples: [
    ["plumb completions bash > ~/.local/share/bash-completion/completions/plumb", "completes in every new bash"],
    ["plumb completions fish > ~/.config/fish/completions/plumb.fish", "completes in every new fish"],
  ],
});
