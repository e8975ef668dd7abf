import type { Diagnostic, LineIndex } from "../diag/mod.ts";

/** A configuration that cannot be used: exit 2. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  /** Everything that is wrong with it, by position. */
  readonly findings: readonly Diagnostic[];

  constructor(
    findings: readonly Diagnostic[],
    /** The text that the positions point into, for excerpts. */
    readonly source?: LineIndex,
  ) {
    super(findings.map((finding) => finding.message).join("; "));
    this.findings = findings.toSorted((a, b) => (a.pos?.offset ?? 0) - (b.pos?.offset ?? 0));
  }
}
