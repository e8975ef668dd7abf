import { defineCommand } from "../../internal/cli/mod.ts";
import { INPUTS_FLAG, MOCKS_FLAG, SEED_FLAG } from "./flow_flags.ts";

/** `plumb verify online` (spec/cli.md). */
export const VERIFY_ONLINE = defineCommand({
  name: "verify online",
  summary: "compile (optional), execute, and judge one flow",
  positionals: [],
  flags: [
    { name: "flow", kind: "value", value: "NAME", help: "the flow to verify (required)" },
    {
      name: "manifest",
      kind: "value",
      value: "FILE",
      path: true,
      default: "out/dsl/manifest.json",
      help: "the manifest.json of a compile; not with --sources",
    },
    { name: "sources", kind: "list", value: "PATH", path: true, help: "compile these files and folders first" },
    {
      name: "out",
      kind: "value",
      value: "DIR",
      path: true,
      default: "out/dsl",
      help: "where --sources is compiled to",
    },
    INPUTS_FLAG,
    MOCKS_FLAG,
    SEED_FLAG,
    { name: "force", kind: "boolean", help: "let --sources overwrite files that are not as plumb left them" },
    { name: "no-lint", kind: "boolean", help: "let --sources compile whatever can be compiled" },
    {
      name: "expect",
      kind: "value",
      value: "FILE",
      path: true,
      help: "hold the result to a document {status?, outputs?, error?, exact?}, YAML or JSON",
    },
    {
      name: "against",
      kind: "value",
      value: "ENGINE",
      choices: ["local", "proc"],
      help: "run the flow on this engine too and compare the two traces",
    },
  ],
  rest: { name: "EXECUTOR ARGS…", help: "further arguments of the executor (engine proc)" },
  examples: [
    [
      "plumb verify online --flow flows.hello --sources flows/ policies/",
      "compiles to out/dsl, runs the flow, and prints the result with nine checks",
    ],
    [
      "plumb verify online --flow flows.hello --inputs '{\"temperature\": 72}' --expect expected/72.json",
      "runs the flow of out/dsl and says where its outputs are not those of the file",
    ],
  ],
});
