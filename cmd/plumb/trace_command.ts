import { defineCommand } from "../../internal/cli/mod.ts";

/** `plumb trace` (spec/scenarios.md §11). */
export const TRACE = defineCommand({
  name: "trace",
  summary: "look into an event log",
  positionals: [],
  flags: [
    { name: "db", kind: "value", value: "FILE", path: true, help: "the event log; it is only read" },
    { name: "flow", kind: "value", value: "TOKEN", help: "show this flow only" },
    {
      name: "action",
      kind: "value",
      value: "GLOB",
      help: "keep invocations and completions of matching actions (`*`, `?`)",
    },
    {
      name: "why",
      kind: "value",
      value: "ID",
      help: "keep the chain from the root to this event: an id, or a unique prefix of 6 or more digits",
    },
    {
      name: "format",
      kind: "value",
      choices: ["text", "json", "mermaid"],
      default: "text",
      help: "lines for people, one trace.v1 document, or a mermaid flowchart",
    },
  ],
  examples: [
    ["plumb trace --db shop.db --flow visit-1", "prints what happened in one flow, and why"],
    ["plumb trace --db shop.db --why 19ca56", "prints how it came to one event"],
  ],
});
