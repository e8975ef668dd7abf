import { basename, dirname } from "node:path";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { rememberedOrphans } from "../../internal/harness/mod.ts";
import type { Check } from "./check_kind.ts";

/** Golden files that no scenario beside their folder uses (scenarios.md §10), also where no scenario is left at all. */
export function goldenCheck(cwd: string): Check {
  const orphansIn = rememberedOrphans((found) => nameFromRoot(found, cwd));
  return async ({ path, file }) => {
    const folder = dirname(path);
    if (basename(folder) !== "golden") return [];
    const orphans = await orphansIn(dirname(folder));
    return orphans.filter((orphan) => orphan.file === file);
  };
}
