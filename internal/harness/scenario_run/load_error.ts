import type { Diagnostic } from "../../diag/mod.ts";

/** A scenario that cannot be run: where `plumb test` would end with exit 2 (scenarios.md §9). */
export class LoadError extends Error {
  override readonly name = "LoadError";
  /** All findings, warnings too; at least one error. */
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(
      diagnostics
        .filter(({ level }) => level === "error")
        .map(line)
        .join("\n"),
    );
    this.diagnostics = diagnostics;
  }
}

function line({ file, pos, code, message }: Diagnostic): string {
  const place = [file, pos?.line, pos?.column].filter((part) => part !== undefined).join(":");
  return place === "" ? `${code}: ${message}` : `${place}: ${code}: ${message}`;
}
