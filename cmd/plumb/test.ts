import { join } from "node:path";
import { type Config, loadConfig, TEST_KEYS } from "../../internal/config/mod.ts";
import type { ErrorRecord, ExitCode } from "../../internal/diag/mod.ts";
import { PathError, runTests, type TestOptions } from "../../internal/harness/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import { makeArtifactFolder, refuseArtifacts } from "./artifact_folder.ts";
import type { Terminal } from "./command.ts";
import { givenWords } from "./configured.ts";
import { errorpipeLine } from "./errorpipe_line.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { listTests } from "./list_tests.ts";
import { nothingToRun } from "./nothing_to_run.ts";
import { refuseSetting } from "./refuse_setting.ts";
import { chooseReporters, openReports, type WantedReport } from "./reporters.ts";
import { watchSignals } from "./signals.ts";
import { sourceReader } from "./source_reader.ts";
import { DEFAULT_ARTIFACTS, TEST } from "./test_command.ts";
import { type TestArgs, testOptions } from "./test_options.ts";

/** `plumb test [PATH…]` (spec/cli.md). */
export async function run(args: TestArgs, terminal: Terminal): Promise<ExitCode> {
  const given = givenWords([...TEST.flags, ...GLOBAL_FLAGS], args);
  if (args.positionals.length > 0) given.set("test.paths", { name: "PATH", words: args.positionals });
  const { cwd, env } = terminal;
  const machine = { cores: navigator.hardwareConcurrency };
  const config = await loadConfig({ cwd, env, given, runtimeConfig: args.value("runtime-config"), machine });
  const options = testOptions(args, config, terminal, wall);
  try {
    if (args.has("list")) return await listTests(options, args.has("json"), terminal);
    return await runReported(args, options, wantedReports(args, options, config), terminal);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    throw refuseSetting(TEST_KEYS.paths, config.section("test").paths, error.message);
  }
}

function wantedReports(args: TestArgs, { artifacts }: TestOptions, config: Config): readonly WantedReport[] {
  const reports = chooseReporters(args.has("json"), config.section("test").reporters);
  const shown = args.value("artifacts") ?? DEFAULT_ARTIFACTS;
  makeArtifactFolder(artifacts, shown);
  if (!artifacts.verbose) return reports;
  // The log of a verbose run is one more report: the stream itself, below the artifacts.
  const refuse = (why: string): Error => refuseArtifacts(artifacts, shown, why);
  return [...reports, { name: "json", file: join(shown, "test.log"), refuse }];
}

async function runReported(
  args: TestArgs,
  options: TestOptions,
  wanted: readonly WantedReport[],
  { out, err, outStyle, cwd }: Terminal,
): Promise<ExitCode> {
  const look = {
    style: outStyle,
    verbose: args.has("verbose"),
    quiet: args.has("quiet"),
    source: sourceReader(options.root),
    nothingToRun: nothingToRun(options),
  };
  const reports = openReports(wanted, look, out, cwd);
  const signals = watchSignals();
  const form = args.has("errorpipe-human") ? "human" : "json";
  try {
    const sink = {
      record: reports.record,
      log: (text: string) => void err.write(text),
      error(line: ErrorRecord) {
        if (!args.has("no-errorpipe")) err.write(errorpipeLine(line, form));
      },
    };
    const exit = await runTests(options, sink, wall, signals.interrupted);
    reports.finish();
    return exit;
  } finally {
    reports.discard();
    signals.stop();
  }
}
