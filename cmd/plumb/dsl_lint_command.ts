import { defineCommand } from "../../internal/cli/mod.ts";
import { DSL_PATHS } from "./dsl_positional.ts";

/** `plumb dsl lint` (spec/flows.md §7, §8). */
export const DSL_LINT = defineCommand({
  name: "dsl lint",
  summary: "find mistakes in .wdl and .pdl files",
  positionals: [DSL_PATHS],
  flags: [
    { name: "json", kind: "boolean", help: "print the findings as one JSON object" },
    { name: "strict", kind: "boolean", help: "exit 1 on a warning too" },
  ],
  examples: [
    ["plumb dsl lint flows/ policies/", "prints a line a finding, or that there is none"],
    ["plumb dsl lint . --json | jq '.issues[].code'", "lists the codes of all findings below the working directory"],
  ],
});
