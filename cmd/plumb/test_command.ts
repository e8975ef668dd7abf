import { defineCommand, type Refusal } from "../../internal/cli/mod.ts";
import { REPORTER_NAMES, TEST_KEYS } from "../../internal/config/mod.ts";
import { errorText } from "../../internal/diag/mod.ts";
import { configured } from "./configured.ts";
import { parseShard } from "./shard.ts";
import { WATCHDOG_VALUE } from "./watchdog_value.ts";

export const DEFAULT_SEED = 42;
export const DEFAULT_ARTIFACTS = "build/test";

/** `plumb test` (spec/cli.md). */
export const TEST = defineCommand({
  name: "test",
  summary: "run pragma cases (*_test.ami) and scenarios (*.scenario.yaml)",
  positionals: [
    {
      name: "PATH",
      repeatable: true,
      path: true,
      help: "a test file, a concept whose principles are to hold, or a folder to look for tests in",
      default: ".",
    },
  ],
  flags: [
    {
      name: "run",
      kind: "value",
      value: "REGEX",
      help: "run only the cases whose stable id (FILE::CASE) matches, unanchored",
      check: checkRegex,
    },
    {
      name: "list",
      kind: "boolean",
      help: "print the stable ids of the cases that would run, one a line, and run nothing",
    },
    { name: "json", kind: "boolean", help: "print the test.v1 stream on stdout, one object a line" },
    {
      name: "reporter",
      kind: "value",
      value: "NAME[=FILE]",
      repeatable: true,
      suggestions: REPORTER_NAMES,
      ...configured(TEST_KEYS.reporters),
      default: "human",
      help: "human, json, junit, tap, github or html, on stdout or in a file; human stays on stdout unless another takes it",
    },
    { name: "timeout", kind: "value", value: "MS", ...configured(TEST_KEYS.timeout_ms) },
    {
      name: "watchdog",
      ...WATCHDOG_VALUE,
      help: "real time after which a TypeScript worker or handler that neither returns nor yields is given up",
    },
    { name: "parallel", kind: "value", value: "N", ...configured(TEST_KEYS.parallel) },
    { name: "failfast", kind: "boolean", help: "skip every case after the first failure in stable order" },
    {
      name: "seed",
      kind: "value",
      value: "N|random",
      integer: { min: 0, max: Number.MAX_SAFE_INTEGER },
      choices: ["random"],
      default: String(DEFAULT_SEED),
      help: "seed of everything random in a case; random draws one; the summary prints it",
    },
    {
      name: "shard",
      kind: "value",
      value: "I/N",
      help: "run one of N parts, the Ith: every Nth case in stable order, beginning with the Ith",
      check: (text) => (parseShard(text) === undefined ? { expected: "I/N with I from 1 to N" } : undefined),
    },
    { name: "update", kind: "boolean", help: "write golden files; refused under CI=true" },
    {
      name: "no-tests",
      kind: "value",
      choices: ["fail", "pass"],
      default: "fail",
      help: "whether a run without any case fails (exit 5) or passes",
    },
    { name: "strict", kind: "boolean", help: "warnings are errors" },
    {
      name: "allow",
      kind: "value",
      value: "CAPS",
      choices: ["fs", "net"],
      commas: true,
      repeatable: true,
      help: "let TypeScript workers, handlers and plugins use files or the network",
    },
    {
      name: "kv-metrics",
      kind: "boolean",
      help: "write kv/metrics.json below --artifacts: all stores of all cases together",
    },
    {
      name: "kv-dump",
      kind: "boolean",
      help: "write kv/dump.json below --artifacts: the keys of all stores of all cases",
    },
    { name: "kv-events", kind: "boolean", help: "emit KV_METRICS and KV_DUMP records for every case and store" },
    { name: "no-errorpipe", kind: "boolean", help: "do not write errors.v1 lines on stderr" },
    {
      name: "errorpipe-human",
      kind: "boolean",
      help: "write `error: code=… case=… file=…` lines on stderr instead of JSON",
    },
    {
      name: "verbose",
      short: "v",
      kind: "boolean",
      repeatable: true,
      help: "say more, and write test.log, test.manifest and all other artifacts below --artifacts",
    },
    {
      name: "record",
      kind: "value",
      value: "DIR",
      path: true,
      help: "keep the event log of each scenario case in this folder",
    },
    {
      name: "artifacts",
      kind: "value",
      value: "DIR",
      path: true,
      default: DEFAULT_ARTIFACTS,
      help: "the folder that artifacts go to",
    },
    { name: "known-failing", kind: "value", value: "FILE", path: true, ...configured(TEST_KEYS.known_failing) },
  ],
  examples: [
    ["plumb test", "runs every case below the working directory"],
    [
      "plumb test sensors_test.ami --run uplink --reporter junit=build/junit.xml",
      "runs the cases of one file whose id has `uplink`, and writes a JUnit file beside the human report",
    ],
  ],
});

function checkRegex(text: string): Refusal | undefined {
  try {
    new RegExp(text);
    return undefined;
  } catch (error) {
    return { expected: `a regular expression (${errorText(error)})` };
  }
}
