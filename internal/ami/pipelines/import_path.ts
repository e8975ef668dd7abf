import { basename } from "node:path";

/** What can be said of an import's path without looking at files (pipelines §1). */
export type ImportPath =
  /** Empty, absolute, or with blanks or `\`: E_BAD_IMPORT. */
  | "bad"
  /** Not below the importing file's folder: W_IMPORT_UNRESOLVED. */
  | "foreign"
  | "relative";

// biome-ignore lint/suspicious/noControlCharactersInRegex: a path with control characters names no file that anyone made
const BAD = /^$|^\/|[\s\\\u0000-\u001f\u007f]/;

export function classifyImport(path: string): ImportPath {
  if (BAD.test(path)) return "bad";
  return path.startsWith("./") || path.startsWith("../") ? "relative" : "foreign";
}

/** The name under which an import without alias is known: the base name of its absolute path, without `.ami`. */
export function defaultAlias(path: string): string {
  return basename(path, ".ami");
}
