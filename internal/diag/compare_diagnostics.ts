import type { Diagnostic } from "./diagnostic.ts";

/** The order in which findings are told: file, place, code, message (pipelines.md §2). */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return comparePlaces(a, b) || compareText(a.code, b.code) || compareText(a.message, b.message);
}

/** By file and place alone, so that a stable sort keeps what is said of one place as it was found; no place comes first. */
export function comparePlaces(a: Diagnostic, b: Diagnostic): number {
  return compareText(a.file ?? "", b.file ?? "") || (a.pos?.offset ?? -1) - (b.pos?.offset ?? -1);
}

/** By UTF-16 code unit, as everything is sorted (DESIGN, determinism). */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
