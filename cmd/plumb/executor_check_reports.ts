import { resolve } from "node:path";
import { type Output, UsageError } from "../../internal/cli/mod.ts";
import type { CheckRecord, CheckSummary } from "../../internal/conformance/mod.ts";
import type { Style } from "../../internal/diag/mod.ts";
import { checkJunit } from "./executor_check_junit.ts";
import { checkSummaryText, checkText } from "./executor_check_text.ts";
import { ReportFile } from "./report_file.ts";

export interface CheckReportOptions {
  /** Objects a line instead of text. */
  readonly json: boolean;
  /** Of a JUnit file, as it was given. */
  readonly junit: string | undefined;
  readonly cwd: string;
  readonly style: Style;
  /** Only what went wrong, and the summary. */
  readonly quiet: boolean;
}

/** What is told of the records of a suite, on stdout and in a file. */
export class CheckReports {
  readonly #options: CheckReportOptions;
  readonly #out: Output;
  readonly #junit: ReportFile | undefined;

  /** @throws UsageError: the file cannot be written */
  constructor(options: CheckReportOptions, out: Output) {
    const { junit, cwd } = options;
    this.#options = options;
    this.#out = out;
    if (junit === undefined) return;
    this.#junit = new ReportFile(
      resolve(cwd, junit),
      junit,
      (why) => new UsageError("E_USAGE_VALUE", `--junit: ${why}`),
    );
  }

  record(record: CheckRecord): void {
    const { json, quiet, style } = this.#options;
    if (json) this.#out.write(`${JSON.stringify(record)}\n`);
    else if (!quiet || record.status === "fail") this.#out.write(checkText(record, style));
    this.#out.flush();
  }

  finish(records: readonly CheckRecord[], summary: CheckSummary): void {
    this.#out.write(this.#options.json ? `${JSON.stringify(summary)}\n` : checkSummaryText(summary));
    this.#junit?.write(checkJunit(records, summary));
    this.#junit?.close();
  }

  discard(): void {
    this.#junit?.discard();
  }
}
