import { type Dirent, lstatSync, readdirSync, type Stats, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { errorText } from "../diag/mod.ts";

/** A file found below the paths of a run: where it is, and its name from the test root, `/`-separated. */
export interface FoundFile {
  readonly path: string;
  readonly file: string;
}

/** A folder that could not be walked: a load error of the run. */
export interface UnreadableFolder extends FoundFile {
  readonly reason: string;
}

/** A PATH that is no folder and no test file: exit 2 (cli.md, `plumb test`). */
export class PathError extends Error {}

const SKIPPED_FOLDERS = new Set(["node_modules", "build", "out", "dist"]);
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
  const files = new Map<string, FoundFile>();
  const unreadable = new Map<string, UnreadableFolder>();
  const visit: Visitor = {
    file(path) {
      const file = nameFromRoot(path, root);
      files.set(file, { path, file });
    },
    unreadable(path, reason) {
      const file = nameFromRoot(path, root);
      unreadable.set(file, { path, file, reason });
    },
  };
  for (const given of paths) {
    const path = resolve(cwd, given);
    if (given === "") throw new PathError("an empty path names nothing");
    // A file that is there but cannot be looked at, a dangling link too, is reported when it is read.
    if (isMissing(path)) throw new PathError(`${given} does not exist`);
    if (isFolder(path)) walk(path, visit);
    else if (path.endsWith(TEST_SUFFIX)) visit.file(path);
    else throw new PathError(`${given} is not a test file; a file given by name ends in ${TEST_SUFFIX}`);
  }
  return { files: sortedByName(files.values()), unreadable: sortedByName(unreadable.values()) };
}

/** The name of a file from the test root, `/`-separated, `../…` outside it (DESIGN, determinism). */
export function nameFromRoot(path: string, root: string): string {
  return relative(root, path).split(sep).join("/") || ".";
}

interface Visitor {
  file(path: string): void;
  unreadable(path: string, reason: string): void;
}

function walk(folder: string, visit: Visitor): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    visit.unreadable(folder, errorText(error));
    return;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !SKIPPED_FOLDERS.has(entry.name)) walk(path, visit);
    } else if (entry.name.endsWith(TEST_SUFFIX) && !(entry.isSymbolicLink() && isFolder(path))) {
      visit.file(path);
    }
  }
}

function isMissing(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false; // the folder above may not be looked into
  }
}

function isFolder(path: string): boolean {
  return look(path)?.isDirectory() ?? false;
}

/** What is at a path, links followed; undefined also for a loop of links and for what may not be looked at. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function sortedByName<T extends FoundFile>(found: Iterable<T>): T[] {
  return [...found].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}
