import { defineCommand } from "../../internal/cli/mod.ts";
import { WATCHDOG_VALUE } from "./watchdog_value.ts";

/** `plumb pipeline run` (spec/cli.md). */
export const PIPELINE_RUN = defineCommand({
  name: "pipeline run",
  summary: "run a .ami pipeline on JSON lines, with a real or a virtual clock",
  positionals: [{ name: "FILE", required: true, help: "a .ami file; its package is loaded with it" }],
  flags: [
    { name: "pipeline", kind: "value", value: "NAME", help: "the pipeline to run, where FILE declares several" },
    {
      name: "events",
      kind: "value",
      value: "FILE|-",
      default: "-",
      help: "where the events come from, a JSON line each; stdin is read only where the pipeline has an ingress",
    },
    { name: "stats", kind: "boolean", help: "print the statistics of every step and of the run on stderr, at its end" },
    {
      name: "trace",
      kind: "optional",
      value: "FILE",
      help: "write a hop.v1 line for everything that happens, on stderr or in FILE",
    },
    {
      name: "clock",
      kind: "value",
      choices: ["real", "virtual"],
      default: "real",
      help: "real: events arrive as they are read; virtual: all are read first, and waiting takes no time",
    },
    {
      name: "allow",
      kind: "value",
      value: "CAPS",
      choices: ["fs", "net", "device"],
      commas: true,
      repeatable: true,
      help: "capabilities of the sandbox, beside those that the file asks for",
    },
    {
      name: "limit",
      kind: "value",
      value: "MS",
      integer: { min: 0, max: Number.MAX_SAFE_INTEGER },
      help: "end the run with E_TIMEOUT after this time; 0: no limit",
    },
    {
      name: "watchdog",
      ...WATCHDOG_VALUE,
      help: "real time after which a TypeScript worker that has not returned is given up",
    },
    { name: "strict", kind: "boolean", help: "a Collect that holds more than it may ends the run" },
  ],
  examples: [
    [
      "plumb pipeline run sensors.ami --pipeline Uplink --stats < readings.jsonl",
      "sends every reading through Uplink, and prints statistics when the last has left",
    ],
    [
      "plumb pipeline run sensors.ami --pipeline Readings --clock virtual --events night.jsonl --trace=hops.jsonl",
      "runs a recorded night at once, at the times that its envelopes say, and writes down what happened to each event",
    ],
  ],
});
