import { type ErrorRecord, errorRecord } from "../../diag/mod.ts";
import type { Failure } from "../outcome.ts";
import type { TestCase } from "../test_case.ts";

/**
 * The default error pipeline's line for a case that raised hard errors, expected or not: the first of them, at the case
 * (ami-tests §8). `held`: whether the expectation on errors held; undefined without `expect_error=`.
 */
export function lineOfRun(
  records: readonly ErrorRecord[],
  { identity, pos }: Pick<TestCase, "identity" | "pos">,
  held: boolean | undefined,
): ErrorRecord | undefined {
  const hard = records.filter(({ level }) => level === "error");
  const [first] = hard;
  if (first === undefined) return undefined;
  const line = errorRecord({
    code: first.code,
    message: first.message,
    file: identity.file,
    pos,
    data: {
      case: identity.case,
      id: identity.id,
      expected: held,
      count: hard.length > 1 ? hard.length : undefined,
    },
  });
  return { ...line, timestamp: first.timestamp };
}

/** The line for a case that could not run: the finding that keeps it from running, where it stands. */
export function lineOfFailure(
  { diagnostics: [first] }: Failure,
  { identity }: Pick<TestCase, "identity">,
): ErrorRecord | undefined {
  if (first === undefined) return undefined;
  // The finding may stand in another file of the package; place and file belong together.
  const { code, message, pos, file = identity.file } = first;
  return errorRecord({ code, message, file, pos, data: { case: identity.case, id: identity.id } });
}
