import { defineCommand } from "../../internal/cli/mod.ts";
import { RUNTIME_KEYS } from "../../internal/config/mod.ts";
import { configured } from "./configured.ts";
import { INPUTS_FLAG, MOCKS_FLAG, SEED_FLAG } from "./flow_flags.ts";

/** `plumb runtime run` (spec/cli.md). */
export const RUNTIME_RUN = defineCommand({
  name: "runtime run",
  summary: "execute one flow from a manifest on the configured engine",
  positionals: [],
  flags: [
    { name: "manifest", kind: "value", value: "FILE", path: true, help: "the manifest.json of a compile (required)" },
    { name: "flow", kind: "value", value: "NAME", help: "the flow to run (required)" },
    INPUTS_FLAG,
    MOCKS_FLAG,
    { name: "timeout", kind: "value", value: "MS", ...configured(RUNTIME_KEYS.run_timeout_ms) },
    { name: "run-id", kind: "value", value: "ID", default: "a fresh one", help: "the id of the run" },
    SEED_FLAG,
    {
      name: "trace",
      kind: "value",
      value: "FILE",
      path: true,
      help: "write the trace of the run: an event a line, as canonical JSON",
    },
    { name: "show-state", kind: "boolean", help: "print the inputs and the results of all steps too" },
  ],
  rest: { name: "EXECUTOR ARGS…", help: "further arguments of the executor (engine proc)" },
  examples: [
    [
      "plumb runtime run --manifest out/dsl/manifest.json --flow flows.hello --inputs '{\"temperature\": 72}'",
      "runs the flow in this process and prints what became of it as one JSON object",
    ],
    [
      "plumb runtime run --manifest out/manifest.json --flow store --mocks mocks.yaml --inputs - < inputs.json",
      "takes the inputs from stdin, as from a pipe, and the answers of steps from mocks",
    ],
  ],
});
