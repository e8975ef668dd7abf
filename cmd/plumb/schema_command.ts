import { defineCommand } from "../../internal/cli/mod.ts";
import { SCHEMA_NAMES } from "./embedded_schemas.ts";

export const SCHEMA = defineCommand({
  name: "schema",
  summary: "print a JSON Schema; without a name, list them",
  positionals: [{ name: "NAME", choices: SCHEMA_NAMES, help: "the schema" }],
  flags: [],
  examples: [
    ["plumb schema", "lists the names of all schemas"],
    ["plumb schema test.v1 > test.v1.json", "writes the schema of what `plumb test --json` prints"],
  ],
});
