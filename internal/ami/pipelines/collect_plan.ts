import type { Attr, Findings, MergePlan, Span } from "../syntax/mod.ts";
import { buildMergePlan } from "./build_merge_plan.ts";
import type { MergeName } from "./merge_attributes.ts";
import { mergeWarnings } from "./merge_warnings.ts";
import { type MergeSetting, readMergeAttr } from "./read_merge_attr.ts";

/** The plan that the merge attributes of a Collect at `at` give; warnings about the plan stand at the step (pipelines §9). */
export function collectPlan(attrs: readonly Attr[], at: Span, findings: Findings): MergePlan {
  const settings: MergeSetting[] = [];
  const names = new Set<MergeName>();
  let known = true;
  for (const attr of attrs) {
    const setting = readMergeAttr(attr, findings);
    if (setting === undefined) {
      known = false;
      continue;
    }
    if (setting.name !== "Sort" && names.has(setting.name)) {
      findings.add("E_MERGE_ATTR_DUP", `merge.${setting.name} stands twice`, attr);
    }
    names.add(setting.name);
    if (setting.whole) settings.push(setting);
  }
  const plan = buildMergePlan(settings);
  // What a misspelt attribute was meant to be is unknown, so nothing can be said to be missing.
  if (known) for (const { code, message } of mergeWarnings(plan, names)) findings.add(code, message, at);
  return plan;
}
