import { defineCommand } from "../../internal/cli/mod.ts";
import { MAX_STEPS_FLAG, SPECS_FLAG } from "./log_flags.ts";
import { WATCHDOG_VALUE } from "./watchdog_value.ts";

/** `plumb invoke` (spec/scenarios.md §11). */
export const INVOKE = defineCommand({
  name: "invoke",
  summary: "invoke one action on a durable event log",
  positionals: [{ name: "ACTION", help: "what to invoke, written Concept.action; nothing with --recover" }],
  flags: [
    { name: "db", kind: "value", value: "FILE", path: true, help: "the event log; it is made where there is none" },
    SPECS_FLAG,
    {
      name: "args",
      kind: "value",
      value: "JSON|@FILE|-",
      default: "{}",
      help: "the args of the action as a JSON object: here, in a file, or from stdin",
    },
    { name: "flow", kind: "value", value: "TOKEN", help: "the flow that it belongs to; without it, a new one" },
    {
      name: "key",
      kind: "value",
      value: "KEY",
      help: "makes a retry safe: what this key invoked before is not invoked again, its outcome is printed again",
    },
    {
      name: "recover",
      kind: "boolean",
      help: "invoke nothing, only finish what a crash left; every invoke does that first",
    },
    MAX_STEPS_FLAG,
    {
      name: "timeout",
      kind: "value",
      value: "MS",
      integer: { min: 1, max: WATCHDOG_VALUE.integer.max },
      default: "10000",
      help: "real time that a call of a handler may take",
    },
    {
      name: "watchdog",
      ...WATCHDOG_VALUE,
      help: "real time after which a handler that holds its thread ends everything",
    },
    {
      name: "commit",
      kind: "value",
      choices: ["group", "each"],
      default: "group",
      help: "what a commit on disk holds: several units of the engine, or each its own; the events are the same",
    },
  ],
  examples: [
    [
      `plumb invoke Cart.addItem --db shop.db --specs cart --flow visit-1 --args '{"item_id":"widget","quantity":3}'`,
      "adds an item, lets the syncs do their part, and prints what came of it",
    ],
    ["plumb invoke --recover --db shop.db --specs cart", "finishes what was under way when the machine stopped"],
  ],
});
