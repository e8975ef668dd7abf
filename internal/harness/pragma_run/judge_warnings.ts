import type { Diagnostic, Finding } from "../../diag/mod.ts";
import { failure } from "../case_error.ts";
import type { Failure } from "../outcome.ts";
import type { CaseSpec, RuntimeSpec } from "../pragma/mod.ts";
import { expectsWarning } from "./judge_directives.ts";

/** The warning of a runtime case whose pipeline is not declared: it runs as the identity (ami-tests §3). */
export function pipelineWarning(spec: CaseSpec, known: ReadonlySet<string>): Finding | undefined {
  const named: RuntimeSpec["pipeline"] = spec.runtime?.pipeline;
  if (named !== undefined) {
    if (known.has(named.value)) return undefined;
    const message = `pipeline ${named.value} is declared nowhere in this folder; the case ran ingress -> egress`;
    return { level: "warn", code: "W_PIPELINE_UNKNOWN", message, pos: named.pos };
  }
  if (known.size === 0) return undefined;
  const message = `the case names no pipeline, so it ran ingress -> egress; declared are ${[...known].sort().join(", ")}`;
  return { level: "warn", code: "W_PIPELINE_UNNAMED", message, pos: spec.pos };
}

/** The warning of a case that says nothing in a file without source. */
export function emptyCaseWarning(spec: CaseSpec): Finding {
  const message = `case ${spec.name} is empty: it has no test:runtime line and the file has no source`;
  return { level: "warn", code: "W_CASE_EMPTY", message, pos: spec.pos };
}

/** Under `--strict` the first warning fails the case, those aside that the case expects (ami-tests §3). */
export function judgeWarnings(spec: CaseSpec, warnings: readonly Diagnostic[], strict: boolean): Failure | undefined {
  const [first, ...rest] = strict ? warnings.filter((warning) => !expectsWarning(spec.directives, warning)) : [];
  return first === undefined ? undefined : failure([first, ...rest]);
}
