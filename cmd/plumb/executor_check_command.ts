import { defineCommand } from "../../internal/cli/mod.ts";

/** `plumb executor check` (spec/flows.md §16). */
export const EXECUTOR_CHECK = defineCommand({
  name: "executor check",
  summary: "hold an executor to every rule of REP",
  positionals: [],
  flags: [
    {
      name: "transport",
      kind: "value",
      value: "stdio|tcp://HOST:PORT|serial:DEV[?baud=N&crc=1]",
      default: "stdio",
      help: "the way to the executor",
    },
    { name: "only", kind: "value", value: "ID|PREFIX", default: "all checks", help: "try these checks only: REP-STEP" },
    { name: "json", kind: "boolean", help: "print a record a check and the summary on stdout, one object a line" },
    { name: "junit", kind: "value", value: "FILE", path: true, help: "write a JUnit file too" },
  ],
  rest: {
    name: "EXECUTOR ARGS…",
    help: "the executor and its arguments, by default those of plumb.yaml; the arguments only, with --executor-path",
  },
  examples: [
    ["plumb executor check -- python3 executor.py", "tries every check, each on a fresh process"],
    [
      "plumb executor check --transport tcp://127.0.0.1:9000 --only REP-RUN --junit conformance.xml",
      "tries the checks of StartRun on an executor that listens there, and writes a JUnit file too",
    ],
  ],
});
