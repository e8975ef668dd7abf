import { dslSource, type Issue, publicIssue } from "../syntax/mod.ts";
import { type LintOptions, lintFiles, readLinted } from "./lint_files.ts";

/**
 * Looks through the texts of .wdl and .pdl files (flows §7, §19); policies are looked for among them, and where
 * `isNear` says.
 *
 * ```ts
 * lintDsl([{ path: "a.wdl", text }]); // [{ path: "a.wdl", code: "missing-input", level: "error", line: 12, column: 10, … }]
 * ```
 */
export function lintDsl(
  files: readonly { readonly path: string; readonly text: string }[],
  options: LintOptions = {},
): Issue[] {
  const read = files.map(({ path, text }) => readLinted(dslSource(path, text)));
  return lintFiles(read, options).map(publicIssue);
}
