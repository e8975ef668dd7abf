import { diagnostic, EXIT } from "../diag/mod.ts";
import { failure } from "./case_error.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { TestCase } from "./test_case.ts";

/** The outcome of a case in which plumb itself failed: blame `tool`, exit 70; the stack is kept for `--verbose`. */
export function crashOutcome(
  reason: string,
  stack: string | undefined,
  { identity, body }: TestCase,
): Omit<CaseOutcome, "durationMs"> {
  const found = diagnostic({
    code: "E_INTERNAL",
    message: `plumb failed: ${reason}`,
    file: identity.file,
    pos: body.spec.pos,
    data: stack === undefined ? undefined : { stack },
  });
  return {
    verdict: { ...failure([found], "tool"), exit: EXIT.internal },
    findings: [],
    records: [],
    virtualMs: 0,
    stores: [],
    emit: false,
  };
}
