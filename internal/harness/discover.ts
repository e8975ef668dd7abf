import { lstatSync } from "node:fs";
import { resolve } from "node:path";
import { type FoundFile, isFolder, nameFromRoot, type UnreadableFolder, Walk } from "../files/mod.ts";

export { type FoundFile, nameFromRoot, type UnreadableFolder };

/** A PATH that is no folder and no test file: exit 2 (cli.md, `plumb test`). */
export class PathError extends Error {}

const TEST_SUFFIX = "_test.ami";

/**
 * The test files of `paths`, each once, sorted by UTF-16 code unit of their name from the root. Folders are walked
 * without hidden ones, `node_modules`, `build`, `out` and `dist`; links to folders are not followed, so no walk is endless.
 * Throws {@link PathError} for a path that does not exist or a file of another kind.
 */
export function discover(
  paths: readonly string[],
  cwd: string,
  root: string,
): { files: FoundFile[]; unreadable: UnreadableFolder[] } {
  const walk = new Walk({ root, wanted: (name) => name.endsWith(TEST_SUFFIX) });
  for (const given of paths) {
    const path = resolve(cwd, given);
    if (given === "") throw new PathError("an empty path names nothing");
    // A file that is there but cannot be looked at, a dangling link too, is reported when it is read.
    if (isMissing(path)) throw new PathError(`${given} does not exist`);
    if (isFolder(path)) walk.addFolder(path);
    else if (path.endsWith(TEST_SUFFIX)) walk.addFile(path);
    else throw new PathError(`${given} is not a test file; a file given by name ends in ${TEST_SUFFIX}`);
  }
  return { files: walk.files(), unreadable: walk.unreadable() };
}

function isMissing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false; // the folder above may not be looked into
  }
}
