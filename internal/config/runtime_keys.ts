import * as v from "valibot";
import { flagKey, integerKey, keyOf, listKey, optionalTextKey, textKey } from "./config_key.ts";

const ENGINES = ["local", "proc"] as const;
const LONGEST_TIMER = 2_147_483_647;

/** Section `runtime:` (flows §14). */
export const RUNTIME_KEYS = {
  engine: keyOf("runtime.engine", v.picklist([...ENGINES, "python"]), "local or proc", {
    choices: ENGINES,
    fallback: "local",
    help: "what executes flows: this process, or an external executor",
    flag: "engine",
    code: "E_CONFIG_ENGINE",
  }),
  language: textKey("runtime.language", {
    fallback: "typescript",
    help: "the language that the executor implements",
  }),
  plugins_language: optionalTextKey("runtime.plugins_language", {
    fallback: null,
    fallbackText: "same as language",
    help: "the language of the plugins; must equal language",
  }),
  executor_path: optionalTextKey("runtime.executor_path", {
    fallback: null,
    help: "the executor's program; a name without a slash is looked up in $PATH",
    flag: "executor-path",
    // A name without a slash is a command or `builtin:mock`, not a file (flows §13); a file stays one when it is moved.
    relocate: (value, relocate) => (value?.includes("/") ? asFile(relocate(value)) : value),
  }),
  executor_args: listKey("runtime.executor_args", { fallback: [], help: "the first arguments of the executor" }),
  executor_env: keyOf("runtime.executor_env", v.record(v.string(), v.string()), "a mapping from names to texts", {
    fallback: {},
    help: "environment variables of the executor, added to those of plumb",
  }),
  transport: keyOf(
    "runtime.transport",
    v.pipe(v.string(), v.regex(/^(stdio|tcp:\/\/.+:\d{1,5}|serial:.+)$/)),
    "stdio, tcp://HOST:PORT or serial:DEV",
    { fallback: "stdio", help: "how plumb talks to the executor", code: "E_TRANSPORT" },
  ),
  call_timeout_ms: integerKey("runtime.call_timeout_ms", 1, LONGEST_TIMER, {
    fallback: 5000,
    help: "real time that an executor has to answer one call",
  }),
  run_timeout_ms: integerKey("runtime.run_timeout_ms", 1, LONGEST_TIMER, {
    fallback: 120_000,
    help: "real time that a run of a flow has, in milliseconds",
    flag: "timeout",
  }),
  max_frame_bytes: integerKey("runtime.max_frame_bytes", 1024, 268_435_456, {
    fallback: 16_777_216,
    help: "the longest message to or from an executor",
  }),
  allow_shell: flagKey("runtime.allow_shell", { fallback: false, help: "let steps start a shell" }),
  reuse: flagKey("runtime.reuse", { fallback: false, help: "keep an executor for later runs of the same plumb" }),
  capability_cache: flagKey("runtime.capability_cache", {
    fallback: false,
    help: "remember what an executor can do",
  }),
  plugins: listKey("runtime.plugins", {
    fallback: [],
    help: "paths of modules that provide step kinds to the local engine",
    relocate: (paths, relocate) => paths.map(relocate),
  }),
};

function asFile(path: string): string {
  return path.includes("/") ? path : `./${path}`;
}
