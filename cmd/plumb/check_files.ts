import { type Dirent, readdirSync, statSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { UsageError } from "../../internal/cli/mod.ts";
import type { CheckedFile } from "./check_kind.ts";
import { KINDS, kindOf } from "./check_kinds.ts";

/** Folders that hold what others made; hidden ones are skipped too (cli.md, `plumb test`). */
const SKIPPED_FOLDERS = new Set(["node_modules", "build", "out", "dist"]);

/**
 * The files that PATHs name, each once, sorted by name: a file of a known kind, or the files of known kinds below a folder.
 *
 * @throws UsageError for a path that does not exist, and for a file of another kind that was given by name
 */
export function filesToCheck(paths: readonly string[], cwd: string): readonly CheckedFile[] {
  const found = new Map<string, CheckedFile>();
  const add = (path: string): void => {
    const file = relative(cwd, path).split(sep).join("/");
    found.set(file, { path, file });
  };
  for (const given of paths) {
    const path = resolve(cwd, given);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw new UsageError("E_USAGE_ARGUMENT", `${given} does not exist`);
    if (stat.isDirectory()) walk(path, add);
    else if (kindOf(basename(path)) !== undefined) add(path);
    else {
      const kinds = KINDS.map(({ pattern }) => pattern).join(", ");
      throw new UsageError("E_USAGE_ARGUMENT", `${given} is of no kind that can be checked: ${kinds}`);
    }
  }
  return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

/** Links to folders are not followed, so no walk is endless. */
function walk(folder: string, add: (path: string) => void): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !SKIPPED_FOLDERS.has(entry.name)) walk(path, add);
    } else if (kindOf(entry.name) !== undefined && !isFolder(path)) add(path);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError("E_USAGE_ARGUMENT", `${folder} cannot be read: ${why}`);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
