import { type Diagnostic, EXIT } from "../diag/mod.ts";
import type { RunEnd } from "../harness/mod.ts";
import { blockText } from "./block_text.ts";
import { failureBlocks, outputBlocks } from "./failure_blocks.ts";
import { factLine, findingLine, findingText } from "./finding_text.ts";
import { caseLine } from "./human_case.ts";
import { type Outcome, outcomeOf, STALE_MESSAGE } from "./outcome.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";
import { summaryLines } from "./summary.ts";
import { truncationSentence } from "./truncation.ts";
import { visibleLine } from "./visible.ts";
import { type CaseResult, visitStream } from "./visit_stream.ts";

const INDENT = "   ";
const NOTE_INDENT = "         ";

/**
 * The report for people (cli.md, plumb test): one line a case, then every failure in full, then the summary. Only the
 * text of failures is kept until the end, so a long run needs no more memory than its failures.
 */
export function humanReporter(options: ReporterOptions): Reporter {
  const { style, verbose, quiet } = options;
  const failures: string[] = [];
  let seed: number | undefined;
  /** There are no cases, and no error has said why. */
  let empty = false;

  function remember(result: CaseResult, outcome: Outcome): void {
    const heading = style.bold(`${failures.length + 1}. ${visibleLine(result.end.id)}`);
    switch (outcome) {
      case "fail":
        failures.push(`${heading}\n${blockText(failureBlocks(result, options), style, INDENT)}`);
        return;
      case "known":
        if (verbose) {
          failures.push(`${heading} (known failure)\n${blockText(failureBlocks(result, options), style, INDENT)}`);
        }
        return;
      case "stale":
        failures.push(`${heading}\n${INDENT}${STALE_MESSAGE}\n`);
        return;
      case "pass":
      case "skip":
    }
  }

  function result(told: CaseResult): string {
    const outcome = outcomeOf(told.end);
    remember(told, outcome);
    if (quiet) return "";
    const notes = told.notes.filter((note) => worthALine(note, verbose)).map((note) => noteLine(note, options));
    const output = verbose && outcome !== "fail" && outcome !== "known" ? outputBlocks(told) : [];
    return `${caseLine(told.end, style)}${notes.join("")}${blockText(output, style, NOTE_INDENT)}`;
  }

  function failureList(): string {
    if (failures.length === 0) return "";
    // In quiet mode nothing stands above it from which it were to be kept apart.
    return `${quiet ? "" : "\n"}failures:\n\n${failures.join("\n")}\n`;
  }

  return visitStream({
    begin(start) {
      seed = start.seed;
      empty = start.cases === 0;
      return "";
    },
    finding(finding) {
      if (finding.level === "error") {
        empty = false;
        return `${findingText(finding, options)}\n\n`;
      }
      return quiet || !worthALine(finding, verbose) ? "" : `${colouredLine(finding, options)}\n`;
    },
    result,
    end(end, assumedCases) {
      const nothing = empty ? `${visibleLine(options.nothingToRun)}\n` : "";
      return `${failureList()}${interruptLine(end)}${nothing}${summaryLines(end, seed, assumedCases).join("\n")}\n`;
    },
    truncated: (truncation) =>
      `${failureList()}${style.red(`plumb test: ${visibleLine(truncationSentence(truncation))}`)}\n`,
  });
}

// The KV records of --kv-events are for programs; GOLDEN_WRITTEN tells of a file that plumb changed.
function worthALine({ level, code }: Diagnostic, verbose: boolean): boolean {
  return level !== "info" || verbose || code === "GOLDEN_WRITTEN";
}

function noteLine(note: Diagnostic, options: ReporterOptions): string {
  return `${NOTE_INDENT}${colouredLine(note, options)}\n`;
}

function colouredLine(finding: Diagnostic, { style, verbose }: ReporterOptions): string {
  switch (finding.level) {
    case "error":
      return style.red(findingLine(finding));
    case "warn":
      return style.yellow(findingLine(finding));
    case "info":
      return style.cyan(verbose ? factLine(finding) : findingLine(finding));
  }
}

function interruptLine({ exit }: RunEnd): string {
  return exit.name === EXIT.interrupted.name ? `${exit.name}: the cases that had not run are skipped\n` : "";
}
