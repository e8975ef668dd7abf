import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { errorText, LineIndex, type Position } from "../diag/mod.ts";

/** The most that is read of one file, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Why a file cannot be read. The message says it without the file's name. */
export class FileError extends Error {
  readonly reason: "missing" | "unreadable" | "too large" | "not UTF-8";
  /** What findings call it. */
  readonly code: "E_FILE_READ" | "E_FILE_SIZE" | "E_FILE_UTF8";
  /** Of the first byte that is not UTF-8. */
  readonly pos: Position | undefined;

  constructor(reason: FileError["reason"], message: string, pos?: Position) {
    super(message);
    this.reason = reason;
    this.code = reason === "too large" ? "E_FILE_SIZE" : reason === "not UTF-8" ? "E_FILE_UTF8" : "E_FILE_READ";
    this.pos = pos;
  }
}

/**
 * The text of a regular file of at most 64 MiB; an initial byte-order mark is kept, so that offsets count its bytes.
 * Throws a {@link FileError}: also for folders, pipes and devices, whose reading might never end.
 */
export function readTextFile(path: string): string {
  return decodeText(readBytes(path));
}

/** The text of bytes that are UTF-8; a byte-order mark is kept. Throws a {@link FileError} with the place of the first that are not. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileError("not UTF-8", "it is not UTF-8 text", firstBadByte(bytes));
  }
}

function readBytes(path: string): Uint8Array {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for a writer.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new FileError("unreadable", "it is not a regular file");
    if (stat.size > MAX_BYTES) {
      throw new FileError("too large", `it has ${stat.size} bytes; at most ${MAX_BYTES} are read`);
    }
    return readFileSync(fd);
  } catch (error) {
    if (error instanceof FileError) throw error;
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new FileError("missing", "it does not exist");
    }
    throw new FileError("unreadable", errorText(error));
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Where the text stops being UTF-8, found by bisection. */
function firstBadByte(bytes: Uint8Array): Position {
  let good = 0;
  let bad = bytes.length;
  while (good < bad - 1) {
    const middle = (good + bad) >> 1;
    if (beginsAsUtf8(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  // With stream, an unfinished character at the end is left out.
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, good), { stream: true });
  return new LineIndex(before).position(before.length);
}

function beginsAsUtf8(bytes: Uint8Array): boolean {
  try {
    // With stream, an unfinished character at the end is no error.
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
