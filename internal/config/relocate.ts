import { isAbsolute, join, relative } from "node:path";
import type { Relocate } from "./config_key.ts";

/**
 * Reads the paths of a configuration file: relative to its folder, `~` is the home folder (flows §14). The result is
 * relative to the working directory where it lies below or beside it, so that messages stay short.
 */
export function relocateFrom(folder: string, cwd: string, home: string | undefined): Relocate {
  const expand = expandHome(home);
  return (path) => {
    const expanded = expand(path);
    return isAbsolute(expanded) ? expanded : relative(cwd, join(folder, expanded)) || ".";
  };
}

/** Reads the paths of a flag: as they are, but for `~`. */
export function expandHome(home: string | undefined): Relocate {
  return (path) => (home !== undefined && /^~(\/|$)/.test(path) ? home + path.slice(1) : path);
}
