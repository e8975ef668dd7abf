import { defineCommand } from "../../internal/cli/mod.ts";

/** `plumb check` (spec/cli.md). */
export const CHECK = defineCommand({
  name: "check",
  summary: "check any input without running it (.ami, flows, specs, configuration)",
  positionals: [
    {
      name: "PATH",
      repeatable: true,
      required: true,
      help: "a file of a known kind, or a folder to look for such files in",
    },
  ],
  flags: [
    { name: "json", kind: "boolean", help: "print a diag.v1 record a line instead of a text" },
    { name: "strict", kind: "boolean", help: "warnings are errors" },
  ],
  examples: [
    ["plumb check sensors.ami", "prints what is wrong with the file and its package, a line a finding"],
    ["plumb check --strict --json .", "checks everything below the working directory, for machines"],
  ],
});
