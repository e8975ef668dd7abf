import { type Diagnostic, diagnostic, type Finding } from "../diag/mod.ts";
import type { Failure } from "./outcome.ts";
import type { Blame } from "./records.ts";

/** A reason why a case fails before or after its run, thrown where it is found and turned into its verdict. */
export class CaseError extends Error {
  readonly finding: Finding;
  readonly blame: Blame;

  constructor(finding: Finding & { readonly blame?: Blame }) {
    super(finding.message);
    const { blame, ...rest } = finding;
    this.finding = rest;
    this.blame = blame ?? "subject";
  }

  /** The verdict of a case of `file` that this error fails. */
  toFailure(file: string): Failure {
    return failure([diagnostic({ file, ...this.finding })], this.blame);
  }
}

/** The verdict that `diagnostics` give; the first of them is the failure itself. */
export function failure(diagnostics: readonly [Diagnostic, ...Diagnostic[]], blame: Blame = "subject"): Failure {
  const [first] = diagnostics;
  return { status: "fail", code: first.code, error: first.message, blame, diagnostics };
}
