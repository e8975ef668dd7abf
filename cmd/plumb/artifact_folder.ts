import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import { errorText } from "../../internal/diag/mod.ts";
import type { ArtifactOptions } from "../../internal/harness/mod.ts";

/**
 * Makes the folder of the artifacts that a flag asks for, so that no run ends without what it was started for.
 *
 * @param shown the folder as messages show it
 * @throws UsageError if it cannot be made or written; nothing has run then
 */
export function makeArtifactFolder(options: ArtifactOptions, shown: string): void {
  if (wantedBy(options) === undefined) return;
  const folders = [options.dir, join(options.dir, "kv")];
  try {
    for (const folder of folders) {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK | constants.X_OK);
    }
  } catch (error) {
    throw refuseArtifacts(options, shown, errorText(error));
  }
}

/** The error for artifacts that cannot be written: names the flag that wants them and the folder, given or not. */
export function refuseArtifacts(options: ArtifactOptions, shown: string, why: string): UsageError {
  const flag = wantedBy(options) ?? "plumb test";
  return new UsageError("E_USAGE_VALUE", `${flag} cannot write below --artifacts ${shown}: ${why}`);
}

function wantedBy({ verbose, kvMetrics, kvDump }: ArtifactOptions): string | undefined {
  if (verbose) return "--verbose";
  if (kvMetrics) return "--kv-metrics";
  return kvDump ? "--kv-dump" : undefined;
}
