import { comparePlaces, type Diagnostic } from "../../diag/mod.ts";

/**
 * Findings by file and place, each once: what all cases share is read with each of them. Those of an object, which have no place,
 * stay in its order.
 */
export function inOrder(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  return [...distinct.values()].sort(comparePlaces);
}
