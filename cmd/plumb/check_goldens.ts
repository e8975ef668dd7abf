import { basename, dirname } from "node:path";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { goldenOrphans } from "../../internal/harness/mod.ts";
import type { Check } from "./check_kind.ts";

/** Golden files that no scenario beside their folder uses (scenarios.md §10), also where no scenario is left at all. */
export function goldenCheck(cwd: string): Check {
  return async ({ path, file }) => {
    const folder = dirname(path);
    if (basename(folder) !== "golden") return [];
    const orphans = await goldenOrphans([dirname(folder)], (found) => nameFromRoot(found, cwd));
    return orphans.filter((orphan) => orphan.file === file);
  };
}
