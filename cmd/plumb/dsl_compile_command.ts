import { defineCommand } from "../../internal/cli/mod.ts";
import { DSL_PATHS } from "./dsl_positional.ts";

/** `plumb dsl compile` (spec/flows.md §8). */
export const DSL_COMPILE = defineCommand({
  name: "dsl compile",
  summary: "compile .wdl and .pdl files to flows, policies and Flow IR",
  positionals: [DSL_PATHS],
  flags: [
    { name: "out", kind: "value", value: "DIR", path: true, default: "out", help: "where the artifacts go" },
    { name: "emit-ir", kind: "boolean", help: "also write Flow IR and manifest.json, which engines run" },
    { name: "json", kind: "boolean", help: "print the artifacts as one JSON object" },
    { name: "force", kind: "boolean", help: "overwrite files that are not as plumb left them" },
    { name: "no-lint", kind: "boolean", help: "compile whatever can be compiled; lint finds more" },
    { name: "clean", kind: "boolean", help: "first remove what plumb wrote to DIR before" },
    { name: "clean-all", kind: "boolean", help: "first remove DIR with all that is in it; needs --yes" },
    { name: "yes", kind: "boolean", help: "do remove DIR for --clean-all" },
  ],
  examples: [
    ["plumb dsl compile flows/ policies/ --emit-ir --out out/dsl", "writes what plumb runtime run needs to out/dsl"],
    ["plumb dsl compile . --emit-ir --json | jq .artifacts", "compiles everything below the working directory to out"],
  ],
});
