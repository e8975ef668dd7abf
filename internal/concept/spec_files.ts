import { type Dirent, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";

const SUFFIXES = [".concept.yaml", ".sync.yaml"] as const;
/** What others made (cli.md, `plumb test`). */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(["node_modules", "build", "out", "dist"]);

export function isSpecFile(path: string): boolean {
  return SUFFIXES.some((suffix) => basename(path).endsWith(suffix));
}

/** Why a path of a spec list gives no files. */
export interface NoSpecs {
  readonly code: "E_SPEC_NOT_FOUND" | "E_SPEC_FORMAT";
  readonly message: string;
}

/** The spec files that an absolute path names: itself, or all below a folder, sorted by path (scenarios.md §2). */
export function specFilesAt(path: string): readonly string[] | NoSpecs {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { code: "E_SPEC_NOT_FOUND", message: "it does not exist" };
  if (stat.isDirectory()) return walk(path).sort(byCodeUnit);
  if (isSpecFile(path)) return [path];
  return {
    code: "E_SPEC_FORMAT",
    message: `a spec file is named ${SUFFIXES.map((suffix) => `*${suffix}`).join(" or ")}`,
  };
}

/** The spec files that lie in a folder itself. */
export function specFilesIn(folder: string): readonly string[] {
  const names = entriesOf(folder).filter((entry) => !entry.isDirectory() && isSpecFile(entry.name));
  return names.map(({ name }) => join(folder, name)).sort(byCodeUnit);
}

/** Links to folders are not followed, so no walk is endless. */
function walk(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return isSpecFile(path) ? [path] : [];
    return entry.name.startsWith(".") || SKIPPED_FOLDERS.has(entry.name) ? [] : walk(path);
  });
}

/** A folder that cannot be read holds nothing that could be read. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
