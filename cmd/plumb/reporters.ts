import { resolve } from "node:path";
import { type Output, UsageError } from "../../internal/cli/mod.ts";
import { parseReporter, type ReporterChoice, type Setting, TEST_KEYS } from "../../internal/config/mod.ts";
import { PLAIN } from "../../internal/diag/mod.ts";
import { realPath } from "../../internal/files/mod.ts";
import type { StreamRecord } from "../../internal/harness/mod.ts";
import { REPORTERS, type Reporter, type ReporterOptions } from "../../internal/report/mod.ts";
import { refuseSetting } from "./refuse_setting.ts";
import { ReportFile } from "./report_file.ts";

/** A report that is wanted. */
export interface WantedReport extends ReporterChoice {
  /** Makes the error for a file that cannot be written; it says who wants the report. */
  readonly refuse: (why: string) => Error;
}

/**
 * Which reports are made, and where to (spec/cli.md, `--reporter`): `human` is on stdout unless another report takes it.
 *
 * @param json `--json`, which is the reporter `json` on stdout and beats what the environment or plumb.yaml put there
 * @throws UsageError if two reports want stdout
 */
export function chooseReporters(json: boolean, setting: Setting<readonly string[]>): readonly WantedReport[] {
  const refuse = (why: string): Error => refuseSetting(TEST_KEYS.reporters, setting, why);
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
  const all: ReporterChoice[] = first === undefined ? [{ name: "human", file: undefined }, ...choices] : choices;
  return all.map((choice) => ({ ...choice, refuse }));
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
  readonly target: Output | ReportFile;
}

/**
 * Opens the reports. Those in files have no colours and appear when they are whole.
 *
 * @throws UsageError if two reports want the same file; what a report's `refuse` makes if a file cannot be written
 */
export function openReports(
  wanted: readonly WantedReport[],
  options: ReporterOptions,
  out: Output,
  cwd: string,
): Reports {
  const files: ReportFile[] = [];
  const discard = (): void => {
    for (const file of files) file.discard();
  };
  const open = (path: string, refuse: (why: string) => Error): ReportFile => {
    const file = new ReportFile(resolve(cwd, path), path, refuse);
    files.push(file);
    return file;
  };
  let reports: readonly Report[];
  try {
    checkDistinct(wanted, cwd);
    reports = wanted.map(({ name, file, refuse }) => ({
      reporter: REPORTERS[name](file === undefined ? options : { ...options, style: PLAIN }),
      target: file === undefined ? out : open(file, refuse),
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

function checkDistinct(wanted: readonly WantedReport[], cwd: string): void {
  const seen = new Set<string>();
  for (const { file } of wanted) {
    if (file === undefined) continue;
    const path = realPath(resolve(cwd, file));
    if (seen.has(path)) throw new UsageError("E_USAGE_CONFLICT", `two reports want the file ${file}`);
    seen.add(path);
  }
}
