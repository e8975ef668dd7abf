import { dirname } from "node:path";
import type { SourceFiles } from "./source_files.ts";

/** Files that exist in memory only, by absolute path: for tests, and for sources that are checked before they are written. */
export function memoryFiles(texts: Readonly<Record<string, string>>): SourceFiles {
  const files = new Map(Object.entries(texts));
  const folders = new Map<string, Set<string>>();
  for (const path of files.keys()) {
    let child = path;
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const known = folders.get(folder);
      const name = child.slice(folder === "/" ? 1 : folder.length + 1);
      if (known !== undefined) known.add(name);
      else folders.set(folder, new Set([name]));
      child = folder;
      if (folder === dirname(folder)) break;
    }
  }
  return {
    kind: (path) => (files.has(path) ? "file" : folders.has(path) ? "folder" : undefined),
    real: (path) => path,
    list: (folder) => [...(folders.get(folder) ?? [])],
    read: (path) => files.get(path) ?? { code: "E_FILE_READ", message: "cannot be read: there is no such file" },
  };
}
