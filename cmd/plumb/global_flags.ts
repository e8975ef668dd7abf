import { defineFlags } from "../../internal/cli/mod.ts";
import { RUNTIME_KEYS } from "../../internal/config/mod.ts";
import { configured } from "./configured.ts";

/** Flags that stand before or after every command (spec/cli.md). */
export const GLOBAL_FLAGS = defineFlags([
  {
    name: "runtime-config",
    kind: "value",
    value: "FILE",
    path: true,
    help: "read the section runtime: from this file instead of plumb.yaml; - is stdin",
  },
  {
    name: "engine",
    kind: "value",
    choices: ["local", "proc"],
    aliases: ["python"],
    ...configured(RUNTIME_KEYS.engine),
  },
  { name: "executor-path", kind: "value", value: "PATH", path: true, ...configured(RUNTIME_KEYS.executor_path) },
  {
    name: "color",
    kind: "value",
    choices: ["auto", "always", "never"],
    default: "auto",
    help: "when to use colours; auto: on a terminal, unless NO_COLOR or TERM=dumb is set",
  },
  { name: "verbose", short: "v", kind: "boolean", repeatable: true, help: "say more, on stderr" },
  { name: "quiet", short: "q", kind: "boolean", repeatable: true, help: "say only what went wrong, and the summary" },
]);

export type GlobalFlag = (typeof GLOBAL_FLAGS)[number]["name"];
