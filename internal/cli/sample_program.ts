import { type CommandSpec, defineCommand, type ProgramSpec } from "./command_table.ts";

// Tables for the tests of this folder: one command of each shape that spec/cli.md has.

export const RUN: CommandSpec = defineCommand({
  name: "run",
  summary: "run something",
  positionals: [{ name: "PATH", repeatable: true, help: "what to run", path: true, default: "." }],
  flags: [
    { name: "json", kind: "boolean", help: "print JSON" },
    { name: "timeout", kind: "value", value: "MS", integer: { min: 0, max: 1000 }, help: "time limit" },
    {
      name: "seed",
      kind: "value",
      value: "N|random",
      integer: { min: 0, max: 99 },
      choices: ["random"],
      default: "42",
      help: "seed of the world",
    },
    { name: "no-tests", kind: "value", choices: ["fail", "pass"], default: "fail", help: "what an empty run is" },
    {
      name: "allow",
      kind: "value",
      value: "CAPS",
      choices: ["fs", "net"],
      commas: true,
      repeatable: true,
      help: "grant",
    },
    { name: "trace", kind: "optional", value: "FILE", help: "write hops" },
    { name: "sources", kind: "list", value: "PATH", path: true, help: "what to compile" },
    {
      name: "even",
      kind: "value",
      help: "a word of even length",
      check: (text) => (text.length % 2 === 0 ? undefined : { expected: "an even word", help: `${text}x` }),
    },
  ],
  examples: [
    ["tool run", "runs it"],
    ["tool run --json a", "runs a"],
  ],
});

export const COMPILE: CommandSpec = defineCommand({
  name: "dsl compile",
  summary: "compile sources",
  positionals: [{ name: "PATH", required: true, help: "a source" }],
  flags: [],
  examples: [
    ["tool dsl compile a", "compiles a"],
    ["tool dsl compile b", "compiles b"],
  ],
});

export const CHECK: CommandSpec = defineCommand({
  name: "dsl check",
  summary: "check an executor",
  positionals: [],
  flags: [],
  rest: { name: "EXECUTOR ARGS…", help: "the executor's command line" },
  examples: [
    ["tool dsl check", "checks the built-in one"],
    ["tool dsl check -- sh -c x", "checks another"],
  ],
});

export const PRINT: CommandSpec = defineCommand({
  name: "print",
  summary: "print a thing",
  positionals: [{ name: "THING", required: true, choices: ["moon", "star"], help: "the thing" }],
  flags: [],
  examples: [
    ["tool print moon", "prints it"],
    ["tool print star", "prints it"],
  ],
});

export const PROGRAM: ProgramSpec = {
  name: "tool",
  version: "1.2.3",
  summary: "does things",
  globals: [
    { name: "color", kind: "value", choices: ["auto", "never"], default: "auto", help: "colours" },
    { name: "verbose", short: "v", kind: "boolean", repeatable: true, help: "say more" },
    { name: "quiet", short: "q", kind: "boolean", repeatable: true, help: "say less" },
  ],
  topics: ["tides", "winds"],
  commands: [RUN, COMPILE, CHECK, PRINT],
};
