import type { Diagnostic } from "../../diag/mod.ts";

/** Findings by file and position, each once: what all cases share is read with each of them. */
export function inOrder(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
  return distinct.toSorted((a, b) => {
    const [first, second] = [a.file ?? "", b.file ?? ""];
    if (first !== second) return first < second ? -1 : 1;
    return (a.pos?.offset ?? 0) - (b.pos?.offset ?? 0);
  });
}
