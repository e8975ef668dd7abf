import { diagnostic, EXIT, errorText } from "../diag/mod.ts";
import { ConservationError } from "../pipeline/mod.ts";
import { failure } from "./case_error.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { TestCase } from "./test_case.ts";

/** What plumb failed with. */
export interface Crash {
  readonly code: string;
  readonly reason: string;
  readonly stack?: string | undefined;
}

/** A thrown value as a crash; the law of conservation has a code of its own (pipelines §7). */
export function crashOf(error: unknown): Crash {
  const code = error instanceof ConservationError ? error.code : "E_INTERNAL";
  return { code, reason: errorText(error), stack: error instanceof Error ? error.stack : undefined };
}

/** The outcome of a case in which plumb itself failed: blame `tool`, exit 70; the stack is kept for `--verbose`. */
export function crashOutcome(
  { code, reason, stack }: Crash,
  { identity, pos }: Pick<TestCase, "identity" | "pos">,
): Omit<CaseOutcome, "durationMs"> {
  const found = diagnostic({
    code,
    message: `plumb failed: ${reason}`,
    file: identity.file,
    pos,
    data: stack === undefined ? undefined : { stack },
  });
  return {
    verdict: { ...failure([found], "tool"), exit: EXIT.internal },
    findings: [],
    printed: [],
    records: [],
    virtualMs: 0,
    stores: [],
    emit: false,
  };
}
