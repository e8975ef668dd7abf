import { defineCommand } from "../../internal/cli/mod.ts";
import { SCHEMA_NAMES, SHORT_NAMES } from "./embedded_schemas.ts";

export const SCHEMA = defineCommand({
  name: "schema",
  summary: "print a JSON Schema; without a name, list them",
  positionals: [{ name: "NAME", choices: [...SCHEMA_NAMES, ...SHORT_NAMES], help: "the schema" }],
  flags: [],
  examples: [
    ["plumb schema", "lists the names of all schemas"],
    ["plumb schema scenario > scenario.json", "writes the schema of scenario files, for an editor"],
  ],
});
