import { type Diagnostic, diagnostic } from "../diag/mod.ts";

/** A module, or the options of a run, that cannot be used. The message begins with the first code. */
export class CheckError extends Error {
  override readonly name = "CheckError";
  readonly code: string;
  /** Everything that is wrong, as diag.v1 records. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(findings: readonly { readonly code: string; readonly message: string }[]) {
    super(findings.map(({ code, message }) => `${code}: ${message}`).join("; "));
    this.code = findings[0]?.code ?? "E_CHECK";
    this.diagnostics = findings.map((finding) => diagnostic(finding));
  }
}

/** Throws a {@link CheckError} with one finding. */
export function refuse(code: string, message: string): never {
  throw new CheckError([{ code, message }]);
}
