import { type Diagnostic, renderDiagnostic } from "../diag/mod.ts";
import { counted } from "./counted.ts";
import { cutMiddle } from "./cut.ts";
import { jsonText } from "./json_text.ts";
import type { ReporterOptions } from "./reporter.ts";
import { visibleLine, visibleText } from "./visible.ts";

// Characters of a message in the full account, below what renderDiagnostic cuts itself without keeping the end, and
// where a finding has one line only.
const MAX_TEXT = 1_900;
const MAX_LINE = 400;
/** Of a message, behind its first: a trace has forty, a difference of golden files not many more. */
const MAX_LINES = 100;

/**
 * A finding in full, with excerpt and help; nothing in it can forge a line or a colour of the report. Further lines of its
 * message stand below, behind a bar: so they can be neither a line of the report nor a workflow command (`::`) where the
 * human report is read by GitHub.
 */
export function findingText(finding: Diagnostic, { source, style }: Pick<ReporterOptions, "source" | "style">): string {
  const lines = finding.file === undefined || finding.pos === undefined ? undefined : source(finding.file);
  const [head = "", ...rest] = visibleText(finding.message).split("\n");
  const more = rest.length - MAX_LINES;
  return [
    renderDiagnostic(harmless({ ...finding, message: head }), lines, style),
    ...rest.slice(0, MAX_LINES).map((line) => `  | ${cutMiddle(line, MAX_TEXT)}`),
    ...(more > 0 ? [`  | … ${counted(more, "more line")}; all of them with --json`] : []),
  ].join("\n");
}

/** A finding on one line, with its data: `info[KV_METRICS] a_test.ami: kv metrics (hits=1 misses=0 ns="p/n")`. */
export function factLine(finding: Diagnostic): string {
  // The line stands below its case.
  const facts = Object.entries(finding.data ?? {}).filter(([key]) => key !== "case");
  if (facts.length === 0) return findingLine(finding);
  const text = facts.map(([key, value]) => `${key}=${jsonText(value)}`).join(" ");
  return `${findingLine(finding)} (${visibleLine(cutMiddle(text, MAX_LINE))})`;
}

/** A finding on one line: `warning[W_X] a_test.ami:2:9: message`. */
export function findingLine(finding: Diagnostic): string {
  const { file, pos, code, message } = finding;
  const place = pos === undefined ? "" : `:${pos.line}:${pos.column}`;
  const at = file === undefined ? "" : ` ${visibleLine(file)}${place}`;
  return `${levelWord(finding)}[${code}]${at}: ${visibleLine(cutMiddle(message, MAX_LINE))}`;
}

function levelWord({ level }: Diagnostic): string {
  return level === "warn" ? "warning" : level;
}

function harmless(finding: Diagnostic): Diagnostic {
  const { file, data } = finding;
  const help = data?.help;
  return {
    ...finding,
    message: cutMiddle(finding.message, MAX_TEXT),
    ...(file === undefined ? {} : { file: visibleLine(file) }),
    ...(typeof help === "string" ? { data: { ...data, help: cutMiddle(visibleLine(help), MAX_TEXT) } } : {}),
  };
}
