import { basename } from "node:path";
import type { Diagnostic } from "../../internal/diag/mod.ts";
import { dslKind, issueDiagnostic } from "../../internal/dsl/mod.ts";
import type { Check, CheckedFile } from "./check_kind.ts";
import { lintPaths } from "./dsl_lint.ts";
import { DslSources } from "./dsl_sources.ts";

/** Checks flows and policies: all of a command line together, since flows name policies (flows §7). */
export function dslCheck(cwd: string, files: readonly CheckedFile[]): Check {
  const paths = files.map(({ path, file }) => ({ path, file, kind: dslKind(basename(path)) }));
  let findings: readonly Diagnostic[] | undefined;
  return ({ file }) => {
    findings ??= lintPaths(
      paths.filter(({ kind }) => kind !== undefined),
      new DslSources(cwd),
    ).map(issueDiagnostic);
    return findings.filter((finding) => finding.file === file);
  };
}
