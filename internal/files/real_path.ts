import { readlinkSync, realpathSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

/** As many links as Linux follows in one path. */
const MAX_LINKS = 40;

/**
 * The path with all links resolved, also where it does not exist yet: then below its nearest existing folder, and where
 * a dangling link points.
 */
export function realPath(path: string, links = MAX_LINKS): string {
  try {
    return realpathSync(path);
  } catch {
    const target = linkTarget(path);
    if (target !== undefined && links > 0) return realPath(resolve(realPath(dirname(path), links), target), links - 1);
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent, links), path.slice(parent.length));
  }
}

/** Is `path` the folder or file `outer`, or below it? Both are taken as they are written. */
export function isInside(path: string, outer: string): boolean {
  return path === outer || path.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
