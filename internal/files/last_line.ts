import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

const LF = 10;

/**
 * Does a file end in the middle of a line? A line that is appended would run into it. False for an empty file, and for one
 * that is not there or cannot be read.
 */
export function lastLineIsOpen(path: string): boolean {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size === 0) return false;
    const last = new Uint8Array(1);
    readSync(fd, last, 0, 1, stat.size - 1);
    return last[0] !== LF;
  } catch {
    return false;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
