import { type ErrorRecord, errorRecord } from "../diag/mod.ts";
import type { Failure } from "./outcome.ts";
import type { CaseSpec } from "./pragma/mod.ts";

/**
 * The default error pipeline's line for a case that raised hard errors, expected or not: the first of them, at the case
 * (ami-tests §8). `held`: whether the expectation on errors held; undefined without `expect_error=`.
 */
export function lineOfRun(
  records: readonly ErrorRecord[],
  spec: CaseSpec,
  file: string,
  held: boolean | undefined,
): ErrorRecord | undefined {
  const hard = records.filter(({ level }) => level === "error");
  const [first] = hard;
  if (first === undefined) return undefined;
  const line = errorRecord({
    code: first.code,
    message: first.message,
    file,
    pos: spec.pos,
    data: {
      case: spec.case,
      id: `${file}::${spec.case}`,
      expected: held,
      count: hard.length > 1 ? hard.length : undefined,
    },
  });
  return { ...line, timestamp: first.timestamp };
}

/** The line for a case that could not run: the finding that keeps it from running, where it stands. */
export function lineOfFailure(
  { diagnostics: [first] }: Failure,
  spec: CaseSpec,
  file: string,
): ErrorRecord | undefined {
  if (first === undefined) return undefined;
  const data = { case: spec.case, id: `${file}::${spec.case}` };
  return errorRecord({ code: first.code, message: first.message, file, pos: first.pos, data });
}
