import { statSync } from "node:fs";
import { resolve } from "node:path";
import { type Output, UsageError } from "../../internal/cli/mod.ts";
import { parseReporter, type ReporterChoice, type Setting } from "../../internal/config/mod.ts";
import { PLAIN } from "../../internal/diag/mod.ts";
import type { StreamRecord } from "../../internal/harness/mod.ts";
import { REPORTERS, type Reporter, type ReporterOptions } from "../../internal/report/mod.ts";
import { AtomicFile } from "./atomic_file.ts";

/**
 * Which reports are made, and where to (spec/cli.md, `--reporter`): `human` is on stdout unless another report takes it.
 *
 * @param json `--json`, which is the reporter `json` on stdout and beats what the environment or plumb.yaml put there
 * @throws UsageError if two reports want stdout, or the same file
 */
export function chooseReporters(json: boolean, setting: Setting<readonly string[]>): readonly ReporterChoice[] {
  const named = setting.value.flatMap((text) => parseReporter(text) ?? []);
  const byFlag = setting.origin.kind === "flag";
  const kept = json && !byFlag ? named.filter(({ file }) => file !== undefined) : named;
  const choices: ReporterChoice[] = json ? [{ name: "json", file: undefined }, ...kept] : kept;
  const onStdout = choices.filter(({ file }) => file === undefined);
  const [first, second] = onStdout;
  if (first !== undefined && second !== undefined) {
    throw new UsageError(
      "E_USAGE_CONFLICT",
      `two reports want stdout, ${first.name} and ${second.name}; send one to a file`,
      `--reporter ${second.name}=FILE`,
    );
  }
  return first === undefined ? [{ name: "human", file: undefined }, ...choices] : choices;
}

/** The reports of a run. */
export interface Reports {
  record(record: StreamRecord): void;
  /** The stream has ended: last words are printed, files get their names. */
  finish(): void;
  /** The run broke off: files are thrown away. */
  discard(): void;
}

interface Report {
  readonly reporter: Reporter;
  readonly target: Output | AtomicFile;
}

/**
 * Opens the reports. Those in files have no colours and appear when they are whole.
 *
 * @throws UsageError if a file cannot be written; nothing has run then
 */
export function openReports(
  choices: readonly ReporterChoice[],
  options: ReporterOptions,
  out: Output,
  cwd: string,
): Reports {
  const files: AtomicFile[] = [];
  const discard = (): void => {
    for (const file of files) file.discard();
  };
  const open = (path: string): AtomicFile => {
    const file = openFile(resolve(cwd, path), path);
    files.push(file);
    return file;
  };
  let reports: readonly Report[];
  try {
    checkDistinct(choices, cwd);
    reports = choices.map(({ name, file }) => ({
      reporter: REPORTERS[name](file === undefined ? options : { ...options, style: PLAIN }),
      target: file === undefined ? out : open(file),
    }));
  } catch (error) {
    discard();
    throw error;
  }
  return {
    record(record) {
      for (const { reporter, target } of reports) target.write(reporter.record(record));
    },
    finish() {
      for (const { reporter, target } of reports) target.write(reporter.finish());
      for (const file of files) file.close();
    },
    discard,
  };
}

function checkDistinct(choices: readonly ReporterChoice[], cwd: string): void {
  const seen = new Set<string>();
  for (const { file } of choices) {
    if (file === undefined) continue;
    const path = resolve(cwd, file);
    if (seen.has(path)) throw new UsageError("E_USAGE_CONFLICT", `two reports want the file ${file}`);
    seen.add(path);
  }
}

function openFile(path: string, shown: string): AtomicFile {
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error("it is a folder");
    return new AtomicFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError("E_USAGE_VALUE", `--reporter cannot write to ${shown}: ${why}`);
  }
}
