import { type Diagnostic, renderDiagnostic } from "../../internal/diag/mod.ts";
import type { Terminal } from "./command.ts";

/** Tells on stderr of a finding that has no place in a file. */
export function tellProblem(finding: Diagnostic, { err, errStyle }: Pick<Terminal, "err" | "errStyle">): void {
  err.write(`${renderDiagnostic(finding, undefined, errStyle)}\n`);
}
