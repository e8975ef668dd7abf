import type { LineIndex, Style } from "../diag/mod.ts";
import type { StreamRecord } from "../harness/mod.ts";

/** A report: a pure fold over the stream of a run (DESIGN, "events first, reports after"). */
export interface Reporter {
  /** Takes the next record of the stream, returns the text to print for it ("" for none). */
  record(record: StreamRecord): string;
  /** Called once when the stream ends; says so when `run_end` was missing. */
  finish(): string;
}

/** What a report may know beside the stream. */
export interface ReporterOptions {
  /** Colours of the human report; the others have none. */
  readonly style: Style;
  /** Human: known failures in full, captured output and `info` findings of every case. */
  readonly verbose: boolean;
  /** Human: failures and the summary only. */
  readonly quiet: boolean;
  /** The text of a file of the run, for excerpts; undefined if it cannot be read. */
  source(file: string): LineIndex | undefined;
  /** Human: one sentence on a run without any case, what was looked for and where. */
  readonly nothingToRun: string;
}
