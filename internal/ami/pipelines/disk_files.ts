import { readdirSync, realpathSync, statSync } from "node:fs";
import { FileError, readTextFile } from "../../files/mod.ts";
import type { SourceFiles } from "./source_files.ts";

/** The files of this machine: regular ones, in UTF-8, of a bounded size. */
export const diskFiles: SourceFiles = {
  kind(path) {
    try {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) return undefined;
      return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : "other";
    } catch {
      return undefined;
    }
  },

  real(path) {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  },

  list(folder) {
    try {
      return readdirSync(folder);
    } catch {
      return [];
    }
  },

  read(path) {
    try {
      return readTextFile(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return { code: error.code, message: `cannot be read: ${error.message}` };
    }
  },
};
