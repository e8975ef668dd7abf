import { type Diagnostic, diagnostic } from "../../diag/mod.ts";
import { isWarning, type SyntaxFinding } from "../syntax/mod.ts";
import type { Unit } from "./unit.ts";

/** The diag.v1 record of a finding in a file (ami-tests §9). */
export function toDiagnostic(finding: SyntaxFinding, { file, lines }: Unit, packageName: string): Diagnostic {
  const { code, message, start, end, help } = finding;
  return diagnostic({
    code,
    message,
    level: isWarning(code) ? "warn" : "error",
    package: packageName,
    file,
    pos: lines.position(start),
    endPos: lines.position(end),
    data: help === undefined ? undefined : { help },
  });
}
