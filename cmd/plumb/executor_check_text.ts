import type { CheckRecord, CheckSummary } from "../../internal/conformance/mod.ts";
import type { Style } from "../../internal/diag/mod.ts";
import { visibleLine } from "../../internal/report/mod.ts";

const WORDS = { ok: "ok", fail: "FAIL", "n/a": "n/a" } as const;
const ARROWS = { host: "→", executor: "←" } as const;

/** A line of `plumb executor check`; below a failure what was found, what to do, and the frames. */
export function checkText({ id, level, status, rule, detail, frames, fix }: CheckRecord, style: Style): string {
  const word = WORDS[status].padEnd(4);
  const coloured = status === "fail" ? style.red(word) : status === "ok" ? style.green(word) : style.dim(word);
  const aside = status === "fail" || detail === "" ? "" : style.dim(` (${visibleLine(detail)})`);
  const line = `${coloured} ${id.padEnd(11)} ${level}: ${rule}${aside}\n`;
  if (status !== "fail") return line;
  return [
    line,
    `     found: ${visibleLine(detail)}\n`,
    fix === undefined ? "" : `     fix: ${fix}\n`,
    ...frames.map(({ from, text }) => style.dim(`     ${ARROWS[from]} ${visibleLine(text)}`).concat("\n")),
  ].join("");
}

/** The last line (flows §16). */
export function checkSummaryText({ ok, failed, na, checks, duration_ms }: CheckSummary): string {
  return `plumb executor check: ${ok} ok, ${failed} failed, ${na} n/a (${checks} checks, ${(duration_ms / 1000).toFixed(1)} s)\n`;
}
