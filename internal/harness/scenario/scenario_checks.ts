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
  if (golden.mode === "required" || [...flow, ...parts.setup].some(hasExpect) || hasAssertions(parts)) return;
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

function hasExpect(step: YamlNode): boolean {
  return step.kind === "map" && step.entries.some(({ key }) => key === "expect");
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
