import { defineCommand } from "../../internal/cli/mod.ts";

/** The topics of help that are no commands. */
export const TOPICS = ["exit-codes", "pragmas", "config"] as const;

export const HELP = defineCommand({
  name: "help",
  summary: "explain a command or a topic",
  positionals: [
    {
      name: "TOPIC",
      repeatable: true,
      topic: true,
      help: `${TOPICS.join(", ")}, or a command`,
      default: "all commands",
    },
  ],
  flags: [],
  examples: [
    ["plumb help pragmas", "lists every pragma of a test file with its keys"],
    ["plumb help config", "lists every key of plumb.yaml, its value here, and where that comes from"],
  ],
});
