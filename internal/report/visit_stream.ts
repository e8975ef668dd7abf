import type { Diagnostic } from "../diag/mod.ts";
import type { RunEnd, RunStart, StreamRecord, TestEnd, TestOutput, TestStart } from "../harness/mod.ts";
import type { Reporter } from "./reporter.ts";

/** A finished case with everything that stood between its `test_start` and its `test_end`. */
export interface CaseResult {
  /** Undefined in a stream that lacks the record. */
  readonly start: TestStart | undefined;
  readonly end: TestEnd;
  readonly outputs: readonly TestOutput[];
  /** The case's diag.v1 records that do not stand in `end.diagnostics` as well: warnings and facts. */
  readonly notes: readonly Diagnostic[];
}

/** What is known of a stream that ended without `run_end`. */
export interface Truncation {
  readonly start: RunStart | undefined;
  /** Cases whose `test_end` came. */
  readonly finished: number;
  /** The case that was running. */
  readonly running: TestStart | undefined;
}

/** What a report does at each event of a run; each returns the text to print. */
export interface StreamVisitor {
  begin(start: RunStart): string;
  /** A finding that belongs to no case: of a file that could not be loaded, or right before the end. */
  finding(finding: Diagnostic): string;
  result(result: CaseResult): string;
  /** `assumedCases`: in how many cases completions were assumed. */
  end(end: RunEnd, assumedCases: number): string;
  truncated(truncation: Truncation): string;
}

/** Makes a reporter of a visitor: gathers the records of a case, and knows whether the stream was whole. */
export function visitStream(visitor: StreamVisitor): Reporter {
  let run: RunStart | undefined;
  let open: OpenCase | undefined;
  let finished = 0;
  let assumedCases = 0;
  let ended = false;
  return {
    record(record: StreamRecord): string {
      if (record.schema === "diag.v1") {
        if (open === undefined) return visitor.finding(record);
        open.findings.push(record);
        return "";
      }
      switch (record.type) {
        case "run_start":
          run = record;
          return visitor.begin(record);
        case "test_start":
          open = { start: record, outputs: [], findings: [] };
          return "";
        case "test_output":
          open?.outputs.push(record);
          return "";
        case "test_end": {
          const { start, outputs, findings } = open ?? { start: undefined, outputs: [], findings: [] };
          open = undefined;
          finished += 1;
          if (record.assumed !== undefined) assumedCases += 1;
          return visitor.result({ start, end: record, outputs, notes: notIn(findings, record.diagnostics ?? []) });
        }
        case "run_end":
          ended = true;
          return visitor.end(record, assumedCases);
      }
    },
    finish(): string {
      return ended ? "" : visitor.truncated({ start: run, finished, running: open?.start });
    },
  };
}

interface OpenCase {
  readonly start: TestStart;
  readonly outputs: TestOutput[];
  readonly findings: Diagnostic[];
}

// A finding that fails a case stands in the stream and in test_end.diagnostics (cli.md, test.v1): one print is enough.
function notIn(findings: readonly Diagnostic[], told: readonly Diagnostic[]): readonly Diagnostic[] {
  if (findings.length === 0 || told.length === 0) return findings;
  const keys = new Set(told.map(key));
  return findings.filter((finding) => !keys.has(key(finding)));
}

function key({ code, message, file, pos }: Diagnostic): string {
  return JSON.stringify([code, message, file, pos?.offset]);
}
