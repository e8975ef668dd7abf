import { defineCommand } from "../../internal/cli/mod.ts";

/** `plumb executor mock` (spec/flows.md §18). */
export const EXECUTOR_MOCK = defineCommand({
  name: "executor mock",
  summary: "an executor on stdin and stdout, to try a host on",
  positionals: [],
  flags: [
    {
      name: "scripted",
      kind: "value",
      value: "FILE",
      path: true,
      help: "misbehave as this YAML file says: a list of {on, nth?, do}, see plumb schema mock_script",
    },
  ],
  examples: [
    [
      "plumb runtime run --engine proc --executor-path builtin:mock --manifest out/manifest.json --flow store",
      "runs a flow on it",
    ],
    [
      'plumb executor mock <<< \'{"jsonrpc":"2.0","id":1,"method":"Runtime.Capabilities","params":{}}\'',
      "shows a request and its answer on the wire",
    ],
  ],
});
