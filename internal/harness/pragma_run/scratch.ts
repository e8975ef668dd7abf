import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorText, type Position } from "../../diag/mod.ts";
import { CaseError } from "../case_error.ts";
import type { CaseOptions } from "../options.ts";
import type { Fixtures } from "./fixtures.ts";

/** What a case left, and the scratch folder that still holds its files, if it is to be kept. */
export interface Scratched<T> {
  readonly result: T;
  readonly kept?: string;
}

/**
 * Runs a case with its `rw` fixtures copied to a scratch folder, which `run` gets; afterwards it is deleted, or with
 * `--verbose` handed on to the artifacts (ami-tests §6). A case without `rw` fixtures has no such folder. Throws a
 * {@link CaseError} at `pos` if the copies cannot be made.
 */
export function* withScratch<T>(
  fixtures: Fixtures,
  options: Pick<CaseOptions, "scratchDir" | "keepScratch">,
  pos: Position,
  run: (folder: string | undefined) => Generator<undefined, T>,
): Generator<undefined, Scratched<T>> {
  if (!fixtures.hasWritable) return { result: yield* run(undefined) };
  const folder = scratchCopy(fixtures, options.scratchDir, pos);
  try {
    const result = yield* run(folder);
    return options.keepScratch ? { result, kept: folder } : { result };
  } finally {
    if (!options.keepScratch) rmSync(folder, { recursive: true, force: true });
  }
}

function scratchCopy(fixtures: Fixtures, scratchDir: string, pos: Position): string {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(scratchDir, "case-"));
    fixtures.copyTo(folder);
    return folder;
  } catch (error) {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    const message = `the rw fixtures cannot be copied: ${errorText(error)}`;
    throw new CaseError({ code: "E_FIXTURE_READ", message, pos, blame: "environment" });
  }
}
