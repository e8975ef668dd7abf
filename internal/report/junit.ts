import { type Diagnostic, PLAIN } from "../diag/mod.ts";
import type { RunStart } from "../harness/mod.ts";
import { findingLine, findingText } from "./finding_text.ts";
import { seconds, testcase } from "./junit_case.ts";
import { JunitSuite } from "./junit_suite.ts";
import { outcomeOf } from "./outcome.ts";
import type { Reporter, ReporterOptions } from "./reporter.ts";
import { TRUNCATED, truncationSentence } from "./truncation.ts";
import { visitStream } from "./visit_stream.ts";
import { xmlAttributes } from "./xml.ts";

/**
 * JUnit XML as Jenkins, GitLab and GitHub actions read it: a `testsuite` a file, an `error` for what kept a file from
 * being run. Totals stand at its beginning, so the document is kept until the end of the run.
 */
export function junitReporter({ source }: ReporterOptions): Reporter {
  const suites = new Map<string, JunitSuite>();
  const warnings: Diagnostic[] = [];
  let start: RunStart | undefined;

  function suite(name: string, timestamp?: string): JunitSuite {
    const known = suites.get(name);
    if (known !== undefined) return known;
    const made = new JunitSuite(name, timestamp ?? start?.timestamp);
    suites.set(name, made);
    return made;
  }

  function document(durationMs: number): string {
    if (warnings.length > 0) suite("plumb").stderr += warnings.map((warning) => `${findingLine(warning)}\n`).join("");
    const all = [...suites.values()];
    const sum = (count: (one: JunitSuite) => number) => all.reduce((total, one) => total + count(one), 0);
    const totals = xmlAttributes({
      name: "plumb",
      tests: sum((one) => one.tests),
      failures: sum((one) => one.failures),
      errors: sum((one) => one.errors),
      skipped: sum((one) => one.skipped),
      time: seconds(durationMs),
      timestamp: start?.timestamp,
    });
    const body = all.map((one) => one.xml(start?.seed)).join("");
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n${body}</testsuites>\n`;
  }

  return visitStream({
    begin(record) {
      start = record;
      return "";
    },
    finding(finding) {
      if (finding.level === "error") {
        const file = finding.file ?? "plumb";
        suite(file).error(finding.code, finding.message, findingText(finding, { source, style: PLAIN }), finding.file);
      } else if (finding.level === "warn") warnings.push(finding);
      return "";
    },
    result(result) {
      const { end } = result;
      suite(end.file, result.start?.timestamp).add(outcomeOf(end), end.duration_ms, testcase(result, source));
      return "";
    },
    end: (end) => document(end.duration_ms),
    truncated(truncation) {
      const sentence = truncationSentence(truncation);
      suite("plumb").error(TRUNCATED, sentence, sentence, undefined);
      return document([...suites.values()].reduce((sum, one) => sum + one.durationMs, 0));
    },
  });
}
