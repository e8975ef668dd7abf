import { posix } from "node:path";
import { type Diagnostic, PLAIN } from "../diag/mod.ts";
import { blockText } from "./block_text.ts";
import { cutMiddle } from "./cut.ts";
import { failureBlocks, failureFindings } from "./failure_blocks.ts";
import { type AnnotationPlace, workflowCommand } from "./github_command.ts";
import { outcomeOf, STALE_MESSAGE } from "./outcome.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";
import { summaryLines } from "./summary.ts";
import { TRUNCATED, truncationSentence } from "./truncation.ts";
import { type CaseResult, visitStream } from "./visit_stream.ts";

// An annotation of more than 4 KB is cut by the server without a word.
const MAX_MESSAGE = 3_500;

/** Workflow commands of GitHub Actions: an annotation a failure, a finding and a golden file, then the summary. */
export function githubReporter({ source }: ReporterOptions): Reporter {
  let seed: number | undefined;
  let root = ".";

  function place({ file, pos, endPos }: AnnotationPlace): AnnotationPlace {
    return { file: file === undefined ? undefined : workspacePath(root, file), pos, endPos };
  }

  function annotation(finding: Diagnostic): string {
    switch (finding.level) {
      case "error":
        return workflowCommand("error", place(finding), finding.code, cutMiddle(finding.message, MAX_MESSAGE));
      case "warn":
        return workflowCommand("warning", place(finding), finding.code, cutMiddle(finding.message, MAX_MESSAGE));
      case "info":
        return finding.code === "GOLDEN_WRITTEN"
          ? workflowCommand("notice", place(finding), finding.code, finding.message)
          : "";
    }
  }

  function verdict(result: CaseResult): string {
    const { end, start } = result;
    switch (outcomeOf(end)) {
      case "pass":
      case "skip":
      case "known":
        return "";
      case "stale": {
        const pos = start === undefined ? undefined : { line: start.line, column: 1, offset: 0 };
        return workflowCommand("error", place({ file: end.file, pos }), `stale: ${end.id}`, STALE_MESSAGE);
      }
      case "fail": {
        const [first] = failureFindings(result);
        const account = blockText(failureBlocks(result, { source, style: PLAIN }), PLAIN);
        return workflowCommand(
          "error",
          place(first ?? { file: end.file }),
          `${end.code ?? "E_FAILED"}: ${end.id}`,
          cutMiddle(account.trimEnd(), MAX_MESSAGE),
        );
      }
    }
  }

  return visitStream({
    begin(start) {
      seed = start.seed;
      root = start.root;
      return "";
    },
    finding: annotation,
    result: (result) => `${verdict(result)}${result.notes.map(annotation).join("")}`,
    end: (end, assumed) => `${summaryLines(end, seed, assumed).join("\n")}\n`,
    truncated: (truncation) => workflowCommand("error", {}, TRUNCATED, truncationSentence(truncation)),
  });
}

// Files are named from the test root, annotations from the workspace, which is where plumb was started.
function workspacePath(root: string, file: string): string {
  return root === "" || posix.isAbsolute(root) ? file : posix.join(root, file);
}
