import { resolve } from "node:path";
import { type Output, UsageError } from "../../internal/cli/mod.ts";
import { parseReporter, type ReporterChoice } from "../../internal/config/mod.ts";
import type { CheckRecord, CheckSummary } from "../../internal/conformance/mod.ts";
import { PLAIN, type Style } from "../../internal/diag/mod.ts";
import { checkJunit } from "./executor_check_junit.ts";
import { checkSummaryText, checkText } from "./executor_check_text.ts";
import { ReportFile } from "./report_file.ts";

/** What is made of the records of a suite. */
interface Report {
  record(record: CheckRecord): string;
  finish(records: readonly CheckRecord[], summary: CheckSummary): string;
}

interface ReportOptions {
  readonly style: Style;
  /** Only what went wrong, and the summary. */
  readonly quiet: boolean;
}

function reportOf(name: ReporterChoice["name"], { style, quiet }: ReportOptions): Report {
  switch (name) {
    case "json":
      return {
        record: (record) => `${JSON.stringify(record)}\n`,
        finish: (_, summary) => `${JSON.stringify(summary)}\n`,
      };
    case "junit":
      return { record: () => "", finish: checkJunit };
    default:
      return {
        record: (record) => (quiet && record.status !== "fail" ? "" : checkText(record, style)),
        finish: (_, summary) => checkSummaryText(summary),
      };
  }
}

/** The reports of a suite, on stdout and in files. */
export class CheckReports {
  readonly #reports: readonly { readonly report: Report; readonly target: Output | ReportFile }[];
  readonly #out: Output;

  /** @throws UsageError: two want stdout, or a file cannot be written */
  constructor(named: readonly string[], json: boolean, options: ReportOptions, out: Output, cwd: string) {
    this.#out = out;
    const given = named.flatMap((text) => parseReporter(text) ?? []);
    const choices = json ? [{ name: "json", file: undefined } as const, ...given] : given;
    const onStdout = choices.filter(({ file }) => file === undefined);
    if (onStdout.length > 1) {
      const names = onStdout.map(({ name }) => name).join(" and ");
      throw new UsageError("E_USAGE_CONFLICT", `several reports want stdout: ${names}; send one to a file`);
    }
    const all = onStdout.length === 0 ? [{ name: "human", file: undefined } as const, ...choices] : choices;
    this.#reports = all.map(({ name, file }) => {
      if (file === undefined) return { report: reportOf(name, options), target: out };
      const refuse = (why: string): Error => new UsageError("E_USAGE_VALUE", `--reporter ${name}: ${why}`);
      const plain = { ...options, style: PLAIN };
      return { report: reportOf(name, plain), target: new ReportFile(resolve(cwd, file), file, refuse) };
    });
  }

  record(record: CheckRecord): void {
    for (const { report, target } of this.#reports) target.write(report.record(record));
    this.#out.flush();
  }

  finish(records: readonly CheckRecord[], summary: CheckSummary): void {
    for (const { report, target } of this.#reports) {
      target.write(report.finish(records, summary));
      if (target instanceof ReportFile) target.close();
    }
  }

  discard(): void {
    for (const { target } of this.#reports) if (target instanceof ReportFile) target.discard();
  }
}
