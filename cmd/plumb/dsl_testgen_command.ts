import { defineCommand } from "../../internal/cli/mod.ts";
import { DSL_PATHS } from "./dsl_positional.ts";

/** `plumb dsl testgen` (spec/flows.md §8). */
export const DSL_TESTGEN = defineCommand({
  name: "dsl testgen",
  summary: "make test cases from what .wdl and .pdl files declare and compare with",
  positionals: [DSL_PATHS],
  flags: [
    { name: "out", kind: "value", value: "DIR", path: true, default: "fixtures", help: "where a folder a file goes" },
    {
      name: "max-cases",
      kind: "value",
      value: "N",
      integer: { min: 1, max: Number.MAX_SAFE_INTEGER },
      help: "keep the first N cases of each file",
    },
    { name: "json", kind: "boolean", help: "print what was written as one JSON object" },
  ],
  examples: [
    ["plumb dsl testgen coldstore.wdl", "writes fixtures/coldstore/case_01.json and so on"],
    ["plumb dsl testgen policies/ --out tests --max-cases 20", "writes at most 20 cases a policy below tests"],
  ],
});
