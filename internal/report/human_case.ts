import type { Style } from "../diag/mod.ts";
import type { TestEnd } from "../harness/mod.ts";
import { outcomeOf } from "./outcome.ts";
import { visibleLine } from "./visible.ts";

/**
 * The line of a case: status right-aligned, real time, stable id, and what is special about it:
 * `    PASS [   0.001s] a_test.ami::sleeps (virtual 3600000 ms)`.
 */
export function caseLine(end: TestEnd, style: Style): string {
  const time = style.dim(`[${(end.duration_ms / 1000).toFixed(3).padStart(8)}s]`);
  const remark = remarkOf(end);
  const tail = remark === "" ? "" : ` ${style.dim(`(${remark})`)}`;
  return `    ${statusWord(end, style)} ${time} ${visibleLine(end.id)}${tail}\n`;
}

function statusWord(end: TestEnd, style: Style): string {
  const word = end.status.toUpperCase();
  switch (outcomeOf(end)) {
    case "pass":
      return style.green(word);
    case "fail":
      return style.bold(style.red(word));
    case "skip":
    case "known":
    case "stale":
      return style.yellow(word);
  }
}

function remarkOf(end: TestEnd): string {
  const virtual = end.virtual_ms > 0 ? [`virtual ${end.virtual_ms} ms`] : [];
  switch (outcomeOf(end)) {
    case "pass":
    case "fail":
      return virtual.join("");
    case "skip":
      return visibleLine(end.reason ?? "");
    case "known":
      return ["known failure", ...(end.code === undefined ? [] : [end.code]), ...virtual].join(", ");
    case "stale":
      return ["stale: expected to fail", ...virtual].join(", ");
  }
}
