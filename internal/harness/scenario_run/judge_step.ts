import type { Finding } from "../../diag/mod.ts";
import type { Outcome } from "../../sync/mod.ts";
import { writeCanonical } from "../../value/mod.ts";
import { type ExpectedCompletion, judgeResult } from "./judge_result.ts";

/** What a step expects, its variables filled in. */
export type ExpectedOutcome =
  | ({ readonly kind: "case" } & ExpectedCompletion)
  | { readonly kind: "error"; readonly code: string };

/** Holds what came of a step to what it expects (scenarios.md §7, Running, and §8). `step` is `step 1` or `setup 1`. */
export function judgeStep(step: string, expected: ExpectedOutcome | undefined, outcome: Outcome): Finding[] {
  if (expected?.kind === "error") return judgeError(step, expected.code, outcome);
  switch (outcome.kind) {
    case "refused":
      return outcome.findings.map(({ code, message }) => ({ code, message: `${step}: ${code}: ${message}` }));
    case "completed":
      return expected === undefined ? [] : judgeResult(step, expected, completionOf(outcome.completion));
    case "failed": {
      const { code, message } = outcome.error;
      const own = outcome.completion;
      // The step itself may have completed before something that it caused failed.
      const mismatches =
        expected === undefined || own === undefined ? [] : judgeResult(step, expected, completionOf(own));
      return [...mismatches, { code, message: `${step}: ${code}: ${message}`, ...causeOf(outcome.at) }];
    }
  }
}

/** Where the snippet, action or sync at fault stands. */
function causeOf(at: Extract<Outcome, { kind: "failed" }>["at"]): Pick<Finding, "data"> {
  if (at === undefined) return {};
  const { file, pos } = at;
  return { data: { at: { file, line: pos.line, column: pos.column } } };
}

function judgeError(step: string, expected: string, outcome: Outcome): Finding[] {
  const mismatch = (got: string, actual: string): Finding[] => [
    {
      code: "E_EXPECT_MISMATCH",
      message: `${step}: expected error ${expected}, got ${got}`,
      data: { path: "error", expected, actual },
    },
  ];
  switch (outcome.kind) {
    case "refused": {
      if (outcome.findings.some(({ code }) => code === expected)) return [];
      return mismatch(`${outcome.code}: ${outcome.message}`, outcome.code);
    }
    case "completed": {
      const actual = outcome.completion.output_case;
      return mismatch(`case ${writeCanonical(actual)}`, `case ${actual}`);
    }
    case "failed": {
      const { code, message } = outcome.error;
      return code === expected ? [] : mismatch(`${code}: ${message}`, code);
    }
  }
}

function completionOf({ output_case, result }: { output_case: string; result: ExpectedResult }): {
  case: string;
  result: ExpectedResult;
} {
  return { case: output_case, result };
}

type ExpectedResult = Parameters<typeof judgeResult>[2]["result"];
