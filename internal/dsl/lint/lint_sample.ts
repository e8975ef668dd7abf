import { dslSource } from "../syntax/mod.ts";
import { type LintOptions, lintFiles, readLinted } from "./lint_files.ts";

/** A flow: its lines from the third on. `inputs` and the like are given as they stand in a file. */
export function flow(...lines: string[]): string {
  return ["version: dsl/v0", "workflow: w", ...lines].join("\n");
}

/** A policy whose only arm has the field `limit`, from line 5 on. */
export function policy(...lines: string[]): string {
  return ["version: pdl/v0", "arms:", "  default:", "    limit: 10", ...lines].join("\n");
}

/** All findings of files, as `f.wdl:7:5 error code`. */
export function found(texts: Readonly<Record<string, string>>, options: LintOptions = {}): readonly string[] {
  const files = Object.entries(texts).map(([path, text]) => readLinted(dslSource(path, text)));
  return lintFiles(files, options).map(
    ({ path, pos, level, code }) => `${path}:${pos?.line ?? 0}:${pos?.column ?? 0} ${level} ${code}`,
  );
}

/** The helps of the findings about one file. */
export function helps(path: string, text: string): readonly (string | undefined)[] {
  return lintFiles([readLinted(dslSource(path, text))]).map(({ help }) => help);
}
