import type { CheckRecord, CheckSummary } from "../../internal/conformance/mod.ts";
import { xmlAttributes, xmlText } from "../../internal/report/mod.ts";

/** The records of `plumb executor check` as a JUnit document: a test case a check; a SHOULD that fails is a failure too. */
export function checkJunit(records: readonly CheckRecord[], summary: CheckSummary): string {
  const totals = {
    name: "plumb executor check",
    tests: summary.checks,
    failures: summary.failed,
    errors: 0,
    skipped: summary.na,
    time: (summary.duration_ms / 1000).toFixed(3),
  };
  const cases = records.map(testcase).join("");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${xmlAttributes(totals)}>\n`,
    `  <testsuite${xmlAttributes(totals)}>\n${cases}  </testsuite>\n</testsuites>\n`,
  ].join("");
}

function testcase({ id, level, status, rule, detail, frames, fix = "" }: CheckRecord): string {
  const attributes = xmlAttributes({ name: `${id} ${level}: ${rule}`, classname: id.replace(/-\d+$/, "") });
  switch (status) {
    case "ok":
      return `    <testcase${attributes}/>\n`;
    case "n/a":
      return `    <testcase${attributes}>\n      <skipped${xmlAttributes({ message: detail })}/>\n    </testcase>\n`;
    case "fail": {
      const said = frames.map(({ from, text }) => `${from === "host" ? "→" : "←"} ${text}`);
      const text = xmlText([detail, `fix: ${fix}`, ...said].join("\n"));
      const failure = `<failure${xmlAttributes({ type: level, message: detail })}>${text}</failure>`;
      return `    <testcase${attributes}>\n      ${failure}\n    </testcase>\n`;
    }
  }
}
