import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Fixtures } from "./fixtures.ts";
import type { CaseOptions } from "./options.ts";

/** What a case left, and the scratch folder that still holds its files, if it is to be kept. */
export interface Scratched<T> {
  readonly result: T;
  readonly kept?: string;
}

/**
 * Runs a case with its `rw` fixtures copied to a scratch folder, which `run` gets; afterwards it is deleted, or with
 * `--verbose` handed on to the artifacts (ami-tests §6). A case without `rw` fixtures has no such folder.
 */
export function withScratch<T>(
  fixtures: Fixtures,
  options: Pick<CaseOptions, "scratchDir" | "keepScratch">,
  run: (folder: string | undefined) => T,
): Scratched<T> {
  if (!fixtures.hasWritable) return { result: run(undefined) };
  const folder = mkdtempSync(join(options.scratchDir, "case-"));
  try {
    fixtures.copyTo(folder);
    const result = run(folder);
    return options.keepScratch ? { result, kept: folder } : { result };
  } finally {
    if (!options.keepScratch) rmSync(folder, { recursive: true, force: true });
  }
}
