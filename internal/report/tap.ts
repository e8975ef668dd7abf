import { counted } from "./counted.ts";
import { findingLine } from "./finding_text.ts";
import { outcomeOf, STALE_MESSAGE } from "./outcome.ts";
import type { Reporter } from "./reporter.ts";
import { summaryLines } from "./summary.ts";
import { tapComment, tapDiagnostic, yamlBlock } from "./tap_diagnostic.ts";
import { tapText, yamlText } from "./tap_text.ts";
import { truncationSentence } from "./truncation.ts";
import { type CaseResult, visitStream } from "./visit_stream.ts";

/**
 * TAP version 14. The plan stands first, so a truncated run is seen as one by any harness. What kept a file from being
 * run is a comment in its place and a `Bail out!` at the end: so the results of the other files still count.
 */
export function tapReporter(): Reporter {
  let point = 0;
  let seed: number | undefined;
  let errors = 0;

  function testPoint(result: CaseResult): string {
    const { end } = result;
    const line = `${point} - ${tapText(end.id)}`;
    switch (outcomeOf(end)) {
      case "pass":
        return `ok ${line}\n`;
      case "skip":
        return `ok ${line} # SKIP ${tapText(end.reason ?? "")}`.trimEnd().concat("\n");
      case "known":
        return `not ok ${line} # TODO known failure\n${tapDiagnostic(result)}`;
      case "stale":
        return `not ok ${line}\n${yamlBlock([`message: ${yamlText(STALE_MESSAGE)}`, "severity: fail", "code: stale"])}`;
      case "fail":
        return `not ok ${line}\n${tapDiagnostic(result)}`;
    }
  }

  return visitStream({
    begin(start) {
      seed = start.seed;
      const plan = start.cases === 0 ? "1..0 # SKIP no cases" : `1..${start.cases}`;
      return `TAP version 14\n${plan}\n`;
    },
    finding(finding) {
      if (finding.level === "error") errors += 1;
      return finding.level === "info" ? "" : tapComment(findingLine(finding));
    },
    result(result) {
      point += 1;
      const warnings = result.notes.filter(({ level }) => level !== "info");
      return `${testPoint(result)}${warnings.map((warning) => tapComment(findingLine(warning))).join("")}`;
    },
    end(end, assumedCases) {
      const summary = summaryLines(end, seed, assumedCases).map(tapComment).join("");
      return errors === 0
        ? summary
        : `${summary}Bail out! ${counted(errors, "error")} outside of the cases, see the comments\n`;
    },
    truncated: (truncation) => `Bail out! ${tapText(truncationSentence(truncation))}\n`,
  });
}
