import { didYouMean } from "../../diag/mod.ts";
import type { YamlFindings, YamlNode } from "../../yaml/mod.ts";
import type { Parts } from "./parts.ts";
import type { Settings } from "./read_settings.ts";

/** E_SCN_NO_CHECKS: nothing in a scenario could fail (scenarios.md §7, `assertions`). */
export function checkHasChecks(
  parts: Parts,
  flow: readonly YamlNode[],
  { golden }: Settings,
  at: YamlNode,
  findings: YamlFindings,
): void {
  if (golden.mode === "required" || [...flow, ...parts.setup].some(mayExpect) || hasAssertions(parts)) return;
  // That is told already, and what would be checked is not known.
  if (flow.length === 0) return;
  const message = "nothing is checked: there are no assertions, no expect and no golden: true";
  findings.add("E_SCN_NO_CHECKS", message, at);
}

/** Whether a scenario, or a fragment of it, has assertions or a setup that says what it expects. */
function hasAssertions({ assertions, uses }: Parts, seen = new Set<Parts>()): boolean {
  if (assertions.length > 0) return true;
  return uses.some(({ fragment }) => {
    // A fragment that cannot be read may have some.
    if (fragment === undefined) return true;
    if (seen.has(fragment)) return false;
    seen.add(fragment);
    return hasAssertions(fragment, seen);
  });
}

/** Of a step that is none, or has a key nearly like it, one cannot tell: what is wrong with it is told elsewhere. */
function mayExpect(step: YamlNode): boolean {
  if (step.kind !== "map") return true;
  const keys = step.entries.map(({ key }) => key);
  if (keys.some((key) => key === "expect" || didYouMean(key, ["expect"]) !== undefined)) return true;
  return !keys.some((key) => ["invoke", "action", "run", "send"].includes(key));
}

/** Whether a scenario, or a fragment of it, invokes anything: then there must be specs. */
export function invokes(parts: Parts, flow: readonly YamlNode[]): boolean {
  const isInvoke = (step: YamlNode) => step.kind === "map" && step.entries.some(({ key }) => key === "invoke");
  return flow.some(isInvoke) || hasSetup(parts);
}

function hasSetup({ setup, uses }: Parts, seen = new Set<Parts>()): boolean {
  if (setup.length > 0) return true;
  return uses.some(({ fragment }) => {
    if (fragment === undefined || seen.has(fragment)) return false;
    seen.add(fragment);
    return hasSetup(fragment, seen);
  });
}
