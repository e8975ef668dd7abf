import { PLAIN } from "../diag/mod.ts";
import { blockText } from "./block_text.ts";
import { cutMiddle } from "./cut.ts";
import { failureBlocks } from "./failure_blocks.ts";
import { findingLine } from "./finding_text.ts";
import { outcomeOf, STALE_MESSAGE } from "./outcome.ts";
import type { ReporterOptions } from "./reporter.ts";
import { assumedText } from "./summary.ts";
import type { CaseResult } from "./visit_stream.ts";
import { xmlAttributes, xmlText } from "./xml.ts";

// Jenkins reads the whole document into memory and cuts long output itself; this is far above what a person reads.
const MAX_STREAM = 100_000;

/** The `testcase` element of a case. Known failures are skipped, a stale entry of the list is a failure. */
export function testcase(result: CaseResult, source: ReporterOptions["source"]): string {
  const { start, end } = result;
  const attributes = xmlAttributes({
    name: end.case,
    classname: end.file,
    time: seconds(end.duration_ms),
    file: end.file,
    line: start?.line,
  });
  const content = `${verdict(result, source)}${streams(result)}`;
  return content === "" ? `    <testcase${attributes}/>\n` : `    <testcase${attributes}>\n${content}    </testcase>\n`;
}

/** Milliseconds as the schema wants its times: seconds with three decimals. */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function verdict(result: CaseResult, source: ReporterOptions["source"]): string {
  const { end } = result;
  switch (outcomeOf(end)) {
    case "pass":
      return "";
    case "skip":
      return `      <skipped${xmlAttributes({ message: end.reason ?? "skipped" })}/>\n`;
    case "known":
      return `      <skipped message="known failure"/>\n`;
    case "stale":
      return `      <failure type="stale"${xmlAttributes({ message: STALE_MESSAGE })}/>\n`;
    case "fail": {
      const attributes = xmlAttributes({ type: end.code, message: cutMiddle(end.error ?? "", MAX_STREAM) });
      // The output has elements of its own.
      const blocks = failureBlocks(result, { source, style: PLAIN }).filter(({ kind }) => kind !== "output");
      return `      <failure${attributes}>${xmlText(blockText(blocks, PLAIN))}</failure>\n`;
    }
  }
}

function streams({ outputs, notes, end }: CaseResult): string {
  const printed = (name: string) => outputs.flatMap(({ stream, text }) => (stream === name ? [text] : [])).join("");
  const warnings = notes.filter(({ level }) => level !== "info").map((note) => `${findingLine(note)}\n`);
  const assumed = end.assumed === undefined ? [] : [`${assumedText(end.assumed, 1)}\n`];
  const stderr = [printed("stderr"), ...warnings, ...assumed].join("");
  return `${streamElement("system-out", printed("stdout"))}${streamElement("system-err", stderr)}`;
}

/** A `system-out` or `system-err` element; nothing for an empty text. */
export function streamElement(name: "system-out" | "system-err", text: string): string {
  return text === "" ? "" : `      <${name}>${xmlText(cutMiddle(text, MAX_STREAM))}</${name}>\n`;
}
