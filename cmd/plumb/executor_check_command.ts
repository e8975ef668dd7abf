import { defineCommand, type Refusal } from "../../internal/cli/mod.ts";
import { parseReporter } from "../../internal/config/mod.ts";

/** The reports of `plumb executor check`. */
export const CHECK_REPORTS = ["human", "json", "junit"] as const;

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
    {
      name: "reporter",
      kind: "value",
      value: "NAME[=FILE]",
      repeatable: true,
      suggestions: CHECK_REPORTS,
      check: checkReport,
      default: "human",
      help: "human, json or junit, on stdout or in a file; human stays on stdout unless another takes it",
    },
  ],
  rest: { name: "EXECUTOR ARGS…", help: "the executor and its arguments; the arguments only, with --executor-path" },
  examples: [
    ["plumb executor check -- python3 executor.py", "tries every check, each on a fresh process"],
    [
      "plumb executor check --transport tcp://127.0.0.1:9000 --only REP-RUN --reporter junit=conformance.xml",
      "tries the checks of StartRun on an executor that listens there, and writes a JUnit file too",
    ],
  ],
});

function checkReport(text: string): Refusal | undefined {
  const name = parseReporter(text)?.name;
  return CHECK_REPORTS.some((known) => known === name)
    ? undefined
    : { expected: "human, json or junit, with =FILE or without" };
}
