import { existsSync, lstatSync } from "node:fs";
import { dirname, join } from "node:path";

const FILE_NAME = "plumb.yaml";

/**
 * The plumb.yaml in force for a working directory (absolute): looked up there, then upwards to the nearest folder with
 * `.git`. Without such a folder only the working directory is looked at, so that a stray file far above has no say.
 */
export function findConfig(cwd: string): string | undefined {
  const folders = [...upwards(cwd)];
  const repository = folders.findIndex((folder) => existsSync(join(folder, ".git")));
  return folders
    .slice(0, Math.max(repository, 0) + 1)
    .map((folder) => join(folder, FILE_NAME))
    .find(isThere);
}

/** A link that leads nowhere is there too: it is an error when it is read, and not as good as no configuration. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // the folder may not be looked into
  }
}

function* upwards(folder: string): Generator<string> {
  yield folder;
  const parent = dirname(folder);
  if (parent !== folder) yield* upwards(parent);
}
