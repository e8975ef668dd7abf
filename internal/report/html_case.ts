import { PLAIN } from "../diag/mod.ts";
import { type Block, failureBlocks, outputBlocks } from "./failure_blocks.ts";
import { findingLine } from "./finding_text.ts";
import type { DiffLine } from "./mismatch.ts";
import { type Outcome, outcomeOf, STALE_MESSAGE } from "./outcome.ts";
import type { ReporterOptions } from "./reporter.ts";
import type { CaseResult } from "./visit_stream.ts";
import { xmlText } from "./xml.ts";

/** The element of a case: one line, or for a failure and for captured output a `details` element, open if it failed. */
export function caseElement(result: CaseResult, source: ReporterOptions["source"]): string {
  const outcome = outcomeOf(result.end);
  const line = `<span class="status">${result.end.status.toUpperCase()}</span> ${xmlText(result.end.case)}${remark(result, outcome)}`;
  const notes = result.notes
    .filter(({ level, code }) => level !== "info" || code === "GOLDEN_WRITTEN")
    .map((note) => `<div class="note ${note.level}">${xmlText(findingLine(note))}</div>`)
    .join("");
  const blocks =
    outcome === "fail" || outcome === "known" ? failureBlocks(result, { source, style: PLAIN }) : outputBlocks(result);
  if (blocks.length === 0) return `<div class="case ${outcome}">${line}${notes}</div>\n`;
  const open = outcome === "fail" ? ` open="open"` : "";
  return `<details class="case ${outcome}"${open}><summary>${line}</summary>${notes}${blocks.map(blockElement).join("")}</details>\n`;
}

function remark({ end }: CaseResult, outcome: Outcome): string {
  const words = [
    `${(end.duration_ms / 1000).toFixed(3)} s`,
    ...(end.virtual_ms > 0 ? [`virtual ${end.virtual_ms} ms`] : []),
    ...(outcome === "skip" && end.reason !== undefined ? [end.reason] : []),
    ...(outcome === "known" ? ["known failure"] : []),
    ...(outcome === "stale" ? [STALE_MESSAGE] : []),
  ];
  return ` <span class="time">${xmlText(words.join(", "))}</span>`;
}

function blockElement(block: Block): string {
  switch (block.kind) {
    case "finding":
      return `<pre>${xmlText(block.text)}</pre>`;
    case "diff":
      return `<pre class="diff">${block.lines.map(diffLine).join("\n")}</pre>`;
    case "output":
      return `<div class="time">${block.stream}</div><pre>${xmlText(block.lines.join("\n"))}</pre>`;
    case "fact":
      return `<div><span class="time">${block.label}:</span> <code>${xmlText(block.text)}</code></div>`;
  }
}

function diffLine({ sign, text }: DiffLine): string {
  const line = `${sign} ${xmlText(text)}`;
  switch (sign) {
    case "-":
      return `<del>${line}</del>`;
    case "+":
      return `<ins>${line}</ins>`;
    case " ":
      return line;
  }
}
