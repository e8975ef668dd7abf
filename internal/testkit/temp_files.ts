import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tempDir } from "../testutil/mod.ts";

/** Writes files into a folder, making the folders between. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** A new folder that holds `files`. */
export function tempFiles(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = tempDir();
  writeFiles(folder, files);
  return folder;
}
