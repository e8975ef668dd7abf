import { diagnostic } from "../diag/mod.ts";
import { failure } from "./case_error.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { CaseSpec } from "./pragma/mod.ts";

/** The outcome of a case in which plumb itself threw: blame `tool`, exit 70; the stack is kept for `--verbose`. */
export function crashOutcome(error: unknown, file: string, spec: CaseSpec): Omit<CaseOutcome, "durationMs"> {
  const message = `plumb failed: ${error instanceof Error ? error.message : String(error)}`;
  const data = error instanceof Error && error.stack !== undefined ? { data: { stack: error.stack } } : {};
  const found = diagnostic({ code: "E_INTERNAL", message, file, pos: spec.pos, ...data });
  return {
    verdict: failure([found], "tool"),
    findings: [],
    records: [],
    virtualMs: 0,
    stores: [],
    emit: false,
  };
}
