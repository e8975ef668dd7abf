import { closeSync, fchmodSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { realPath } from "./real_path.ts";

const CHUNK_CHARS = 64 * 1024;

/**
 * A file that is written as its text comes and appears under its name when it is whole: a reader sees the old one or the
 * new one, never a part. A link is followed, and the mode of the file that was there is kept. What is no regular file, a
 * device or a pipe, is written in place, as a shell's redirection would.
 */
export class AtomicFile {
  readonly #path: string;
  /** Where the text goes first; undefined: straight to the path. */
  readonly #temporary: string | undefined;
  readonly #fd: number;
  #pending: (string | Uint8Array)[] = [];
  #chars = 0;
  #open = true;

  /** Makes the folder if it is missing. Throws what the file system throws. */
  constructor(path: string) {
    const present = statSync(path, { throwIfNoEntry: false });
    const inPlace = present !== undefined && !present.isFile();
    // Not the real path of a pipe: /dev/stdout and a shell's >(…) are links whose target, `pipe:[7]`, is no path.
    this.#path = inPlace ? path : realPath(path);
    if (present === undefined) mkdirSync(dirname(this.#path), { recursive: true });
    this.#temporary = inPlace ? undefined : `${this.#path}.${process.pid}.tmp`;
    this.#fd = openSync(this.#temporary ?? this.#path, "w");
    if (present !== undefined && !inPlace) fchmodSync(this.#fd, present.mode);
  }

  write(text: string | Uint8Array): void {
    this.#pending.push(text);
    this.#chars += text.length;
    if (this.#chars > CHUNK_CHARS) this.#flush();
  }

  /** The text is whole. */
  close(): void {
    this.#flush();
    // Only then is it done: if it cannot get its name, `discard` still removes it.
    if (this.#temporary !== undefined) renameSync(this.#temporary, this.#path);
    this.#open = false;
    closeSync(this.#fd);
  }

  /** Unless it is whole already, nothing is left of it; what was under its name before stays. */
  discard(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#fd);
    if (this.#temporary !== undefined) rmSync(this.#temporary, { force: true });
  }

  #flush(): void {
    const bytes = Buffer.concat(this.#pending.map((piece) => Buffer.from(piece)));
    this.#pending = [];
    this.#chars = 0;
    // A short write is no error: a pipe takes what fits.
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#fd, bytes, written);
  }
}

/** Writes a whole file as an {@link AtomicFile}. */
export function writeAtomically(path: string, text: string | Uint8Array): void {
  const file = new AtomicFile(path);
  try {
    file.write(text);
    file.close();
  } finally {
    file.discard();
  }
}
