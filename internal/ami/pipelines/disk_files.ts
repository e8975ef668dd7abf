import { closeSync, constants, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import type { SourceFault, SourceFiles } from "./source_files.ts";

/** The largest source that is read, in bytes. */
export const MAX_SOURCE_BYTES = 64 * 1024 * 1024;

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
    const bytes = readBytes(path);
    if (!(bytes instanceof Uint8Array)) return bytes;
    try {
      // ignoreBOM keeps an initial byte-order mark, so that offsets count its bytes.
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return { code: "E_FILE_UTF8", message: "is not UTF-8 text" };
    }
  },
};

function readBytes(path: string): Uint8Array | SourceFault {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (!stat.isFile()) return { code: "E_FILE_READ", message: "is not a regular file" };
    if (stat.size > MAX_SOURCE_BYTES) {
      return { code: "E_FILE_SIZE", message: `has ${stat.size} bytes; a source has at most ${MAX_SOURCE_BYTES}` };
    }
    return readFileSync(fd);
  } catch (error) {
    return {
      code: "E_FILE_READ",
      message: `cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
