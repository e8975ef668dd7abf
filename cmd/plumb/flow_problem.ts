import { type Diagnostic, type LineIndex, renderDiagnostic } from "../../internal/diag/mod.ts";
import type { FlowInputError } from "../../internal/flow/mod.ts";
import type { Terminal } from "./command.ts";

/** Tells findings on stderr, each with the text around its place where that is known. */
export function tellFindings(
  findings: readonly Diagnostic[],
  { err, errStyle }: Pick<Terminal, "err" | "errStyle">,
  sources: ReadonlyMap<string, LineIndex> = new Map(),
): void {
  for (const finding of findings) {
    const source = finding.file === undefined ? undefined : sources.get(finding.file);
    err.write(`${renderDiagnostic(finding, source, errStyle)}\n`);
  }
}

/** Tells why nothing ran (exit 2). */
export function tellInputError(
  { diagnostics, sources }: FlowInputError,
  terminal: Pick<Terminal, "err" | "errStyle">,
): void {
  tellFindings(diagnostics, terminal, sources);
}
