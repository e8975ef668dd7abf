import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { loadConfig } from "../../internal/config/mod.ts";
import { type ErrorRecord, EXIT, type ExitCode, LineIndex, renderDiagnostic } from "../../internal/diag/mod.ts";
import { PathError, planTests, runTests, type TestOptions, testStart } from "../../internal/harness/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";
import { givenWords } from "./configured.ts";
import { GLOBAL_FLAGS } from "./global_flags.ts";
import { chooseReporters, openReports } from "./reporters.ts";
import { watchSignals } from "./signals.ts";
import { TEST } from "./test_command.ts";
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
    if (args.has("list")) return list(args, options, terminal);
    const choices = [...chooseReporters(args.has("json"), config.section("test").reporters)];
    // The log of a verbose run is one more report: the stream itself, below the artifacts.
    if (options.artifacts.verbose) choices.push({ name: "json", file: join(options.artifacts.dir, "test.log") });
    return await runReported(args, options, choices, terminal);
  } catch (error) {
    throw error instanceof PathError ? new UsageError("E_USAGE_ARGUMENT", error.message) : error;
  }
}

function list(args: TestArgs, options: TestOptions, { out, err, errStyle }: Terminal): ExitCode {
  const { cases, loadErrors } = planTests(options);
  for (const planned of cases) {
    out.write(`${args.has("json") ? JSON.stringify(testStart(planned, wall)) : planned.id}\n`);
  }
  const source = sourceReader(options.root);
  for (const found of loadErrors) err.write(`${renderDiagnostic(found, source(found.file ?? ""), errStyle)}\n`);
  if (loadErrors.length > 0) return EXIT.usage;
  return cases.length === 0 && options.noTests === "fail" ? EXIT.noTests : EXIT.ok;
}

async function runReported(
  args: TestArgs,
  options: TestOptions,
  choices: ReturnType<typeof chooseReporters>,
  { out, err, outStyle, cwd }: Terminal,
): Promise<ExitCode> {
  const source = sourceReader(options.root);
  const look = { style: outStyle, verbose: args.has("verbose"), quiet: args.has("quiet"), source };
  const reports = openReports(choices, look, out, cwd);
  const signals = watchSignals();
  try {
    const sink = {
      record: reports.record,
      error(line: ErrorRecord) {
        if (!args.has("no-errorpipe")) err.write(errorLine(line, args.has("errorpipe-human")));
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

/** A line of the default error pipeline, in either of its forms (ami-tests §8). */
function errorLine(record: ErrorRecord, human: boolean): string {
  if (!human) return `${JSON.stringify(record)}\n`;
  return `error: code=${record.code} case=${String(record.data?.case ?? "")} file=${record.file ?? ""}\n`;
}

/** Reads files for excerpts; failures of one file stand together, so that the last one is enough to keep. */
function sourceReader(root: string): (file: string) => LineIndex | undefined {
  let last: { readonly file: string; readonly text: LineIndex | undefined } | undefined;
  return (file) => {
    if (last?.file !== file) last = { file, text: readSource(resolve(root, file)) };
    return last.text;
  };
}

function readSource(path: string): LineIndex | undefined {
  try {
    return new LineIndex(readFileSync(path, "utf8"));
  } catch {
    return undefined; // gone since; the finding stands without an excerpt
  }
}
