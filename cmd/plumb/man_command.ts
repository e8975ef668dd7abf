import { defineCommand } from "../../internal/cli/mod.ts";

export const MAN = defineCommand({
  name: "man",
  summary: "print the manual page, in roff",
  positionals: [],
  flags: [],
  examples: [
    ["plumb man | man -l -", "reads the manual page"],
    ["plumb man > ~/.local/share/man/man1/plumb.1", "installs it, so that `man plumb` finds it"],
  ],
});
