import { mappingsOf, type WdlFile } from "../syntax/mod.ts";
import { checkDuplicateKeys, checkMissingKeys, checkTexts, checkTopLevelKeys, checkVersion } from "./check_layout.ts";
import { checkPolicies, type PolicyLookup } from "./check_policies.ts";
import { checkReferences } from "./check_references.ts";
import { checkInputTypes, checkSteps } from "./check_steps.ts";
import type { Report } from "./report.ts";

const KEYS = ["version", "workflow", "timeout", "inputs", "triggers", "steps", "outputs"];

/** Looks through a flow that was read (flows §7), but for its triggers; returns the stems of the policies that it uses. */
export function lintWdl(file: WdlFile, policies: PolicyLookup, report: Report): readonly string[] {
  checkVersion(file.version, "dsl/v0", report);
  for (const { key, value } of checkTopLevelKeys(file.layout.root, KEYS, report)) {
    for (const mapping of mappingsOf(value)) checkDuplicateKeys(mapping, report);
    // A line of a trigger without a key is a fault of the trigger.
    if (key !== "triggers") checkMissingKeys(value, report);
    checkTexts(value, report);
  }
  checkInputTypes(file, report);
  checkSteps(file, report);
  checkReferences(file, report);
  return checkPolicies(file, policies, report);
}
