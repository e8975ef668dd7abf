import { dirname, relative, sep } from "node:path";
import { canonicalStrict, contentId } from "../value/mod.ts";

/** A spec or handler file: its absolute path and the SHA-256 of its bytes in lower-case hex. */
export interface HashedFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * The `spec_hash` of an event log (scenarios.md §6): over the list of `[path, sha256]`, sorted by path, paths relative to the
 * deepest common folder of the files.
 */
export function specHash(files: readonly HashedFile[]): string {
  const folder = commonFolder(files.map(({ path }) => path));
  const rows = files.map(({ path, sha256 }) => [relative(folder, path).split(sep).join("/"), sha256]);
  const sorted = rows.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : a > b ? 1 : 0));
  return contentId("plumb/specs/v1", canonicalStrict(sorted));
}

function commonFolder(paths: readonly string[]): string {
  const folders = paths.map((path) => dirname(path).split(sep));
  const [first = []] = folders;
  const differs = first.findIndex((part, depth) => folders.some((folder) => folder[depth] !== part));
  return (differs < 0 ? first : first.slice(0, differs)).join(sep) || sep;
}
