import { allSteps, appliesPolicy, type CallStep, type DslSource, stemOf, type WdlFile } from "../syntax/mod.ts";
import { type Report, warn } from "./report.ts";

/** Where policies are found (flows §3). */
export interface PolicyLookup {
  /** The stems of all .pdl files of the call. */
  readonly stems: ReadonlySet<string>;
  /** Whether NAME.pdl lies beside a flow, or in a folder `policies` beside its folder. */
  readonly isNear: (name: string, flow: DslSource) => boolean;
}

/** Checks which policy each step applies; returns the stems of those that are used (flows §3, §7). */
export function checkPolicies(file: WdlFile, { stems, isNear }: PolicyLookup, report: Report): readonly string[] {
  const { source } = file;
  const { path } = source;
  const used: string[] = [];
  for (const step of allSteps(file.steps)) {
    if (step.kind !== "call") continue;
    if (!appliesPolicy(step)) {
      misplaced(step, report);
      continue;
    }
    const named = step.policy?.name;
    const stem = named?.text ?? stemOf(path);
    const isKnown = stems.has(stem) || (named !== undefined && isNear(stem, source));
    if (isKnown) used.push(stem);
    else if (named === undefined) missing(step, stem, isNear(stem, source), report);
    else {
      const message = `there is no ${stem}.pdl among the files, beside ${path} or in a folder policies beside its folder`;
      const help = report.meant(stem, stems);
      report({ code: "unknown-policy", at: named.at, length: stem.length, message, help });
    }
  }
  return used;
}

function misplaced({ policy, target }: CallStep, report: Report): void {
  if (policy === undefined) return;
  const message = `only a step whose target begins with 'policy.' applies a policy; this one is '${target.text}'`;
  report({ code: "misplaced-option", at: policy.at, length: "policy".length, message });
}

function missing({ at, id, target }: CallStep, stem: string, isNear: boolean, report: Report): void {
  const message = `step '${id.text}' has no policy: none is named, and there is no ${stem}.pdl among the files`;
  const help = isNear ? `${id.text}(${target.text}) policy ${stem}:` : undefined;
  warn(report, "missing-policy", at, message, { length: id.text.length, help });
}
