import { defineCommand } from "../../internal/cli/mod.ts";
import { DSL_PATHS } from "./dsl_positional.ts";

/** `plumb dsl plan` (spec/flows.md §8). */
export const DSL_PLAN = defineCommand({
  name: "dsl plan",
  summary: "show the steps and branches of .wdl files as a graph",
  positionals: [DSL_PATHS],
  flags: [
    {
      name: "dot",
      kind: "value",
      value: "FILE|DIR",
      path: true,
      help: "write Graphviz to a file, if the name has a suffix, or a file a flow to a folder; - is stdout",
    },
    { name: "json", kind: "value", value: "FILE|DIR", path: true, help: "write JSON in the same way" },
  ],
  examples: [
    ["plumb dsl plan coldstore.wdl", "prints the entry of the flow and the size of its graph"],
    ["plumb dsl plan coldstore.wdl --dot - | dot -Tsvg > coldstore.svg", "draws it"],
  ],
});
