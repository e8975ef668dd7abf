import { readlinkSync, readSync } from "node:fs";
import { errorText } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";

/** The most that is read from stdin, in bytes. */
const MAX_STDIN_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;

/**
 * The text of a file that a flag or a key names; `-` is stdin (DESIGN, output).
 *
 * @throws FileError
 */
export function readInput(path: string): string {
  if (path === "-") return readStdin();
  try {
    return readTextFile(path);
  } catch (error) {
    const target = error instanceof FileError && error.reason === "missing" ? linkTarget(path) : undefined;
    if (target === undefined) throw error;
    throw new FileError("missing", `it is a link to ${target}, which does not exist`);
  }
}

function readStdin(): string {
  const bytes = readBytes();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileError("not UTF-8", "it is not UTF-8 text");
  }
}

function readBytes(): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const count = readChunk(chunk);
    if (count === 0) return Buffer.concat(chunks);
    chunks.push(chunk.subarray(0, count));
    size += count;
    if (size > MAX_STDIN_BYTES) throw new FileError("too large", `it has more than ${MAX_STDIN_BYTES} bytes`);
  }
}

function readChunk(chunk: Buffer): number {
  try {
    return readSync(0, chunk);
  } catch (error) {
    throw new FileError("unreadable", errorText(error));
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // no link
  }
}
