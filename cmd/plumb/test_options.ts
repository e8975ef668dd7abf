import { resolve } from "node:path";
import type { CommandSpec } from "../../internal/cli/mod.ts";
import { type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import type { Config } from "../../internal/config/mod.ts";
import type { TestOptions } from "../../internal/harness/mod.ts";
import type { Wall } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { knownFailing } from "./known_failing.ts";
import { parseShard } from "./shard.ts";
import { DEFAULT_ARTIFACTS, DEFAULT_SEED, type TEST } from "./test_command.ts";
import { DEFAULT_WATCHDOG_MS } from "./watchdog_value.ts";

type TestFlag = typeof TEST extends CommandSpec<infer Name> ? Name : never;
export type TestArgs = ParsedArgs<TestFlag | GlobalFlag>;

/**
 * What the command line, the environment and plumb.yaml ask `plumb test` to do.
 *
 * @throws UsageError, ConfigError for what cannot be done: `--update` under CI, a missing file of known failures
 */
export function testOptions(args: TestArgs, config: Config, { cwd, env, program }: Terminal, wall: Wall): TestOptions {
  const settings = config.section("test");
  const runtime = config.section("runtime");
  const update = args.has("update");
  if (update && env.CI === "true") {
    throw new UsageError("E_USAGE_CONFLICT", "--update is refused under CI=true: golden files are only checked there");
  }
  const run = args.value("run");
  const shard = parseShard(args.value("shard") ?? "");
  const known = knownFailing(settings.known_failing, cwd, args.value("runtime-config"));
  const verbose = args.has("verbose");
  const recordDir = args.value("record");
  return {
    cwd,
    root: config.root,
    paths: settings.paths.value,
    version: program.version,
    engine: runtime.engine.value === "proc" ? "proc" : "local",
    ...(run === undefined ? {} : { run: new RegExp(run) }),
    ...(shard === undefined ? {} : { shard }),
    seed: args.value("seed") === "random" ? wall.randomSeed() : (args.integer("seed") ?? DEFAULT_SEED),
    timeoutMs: settings.timeout_ms.value ?? 0,
    parallel: settings.parallel.value,
    cores: navigator.hardwareConcurrency,
    failfast: args.has("failfast"),
    strict: args.has("strict"),
    update,
    logSteps: verbose,
    ...(recordDir === undefined ? {} : { recordDir: resolve(cwd, recordDir) }),
    plugins: runtime.plugins.value,
    openModules: args.values("allow").length > 0,
    watchdogMs: args.integer("watchdog") ?? DEFAULT_WATCHDOG_MS,
    noTests: args.value("no-tests") === "pass" ? "pass" : "fail",
    ...(known === undefined ? {} : { knownFailing: known }),
    artifacts: {
      dir: resolve(cwd, args.value("artifacts") ?? DEFAULT_ARTIFACTS),
      verbose,
      kvMetrics: args.has("kv-metrics"),
      kvDump: args.has("kv-dump"),
      kvEvents: args.has("kv-events"),
    },
  };
}
