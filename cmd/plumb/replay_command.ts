import { defineCommand } from "../../internal/cli/mod.ts";
import { MAX_STEPS_FLAG, SPECS_FLAG } from "./log_flags.ts";

/** `plumb replay` (spec/scenarios.md §11). */
export const REPLAY = defineCommand({
  name: "replay",
  summary: "execute an event log again, and compare",
  positionals: [],
  flags: [
    { name: "db", kind: "value", value: "FILE", path: true, help: "the event log; it is only read" },
    SPECS_FLAG,
    {
      name: "flow",
      kind: "value",
      value: "TOKEN",
      help: "compare this flow only; all are executed, as they share state",
    },
    MAX_STEPS_FLAG,
    { name: "json", kind: "boolean", help: "print one JSON object instead of a text" },
  ],
  examples: [
    ["plumb replay --db shop.db --specs cart", "tells whether the specs of today do what the log says"],
    ["plumb replay --db shop.db --specs cart --flow visit-1 --json", "tells it of one flow, for machines"],
  ],
});
