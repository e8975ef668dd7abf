import { closeSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { Output } from "../../internal/cli/mod.ts";

const CHUNK = 64 * 1024;

/** A file that is written as its text comes and appears under its name when it is whole: readers never see a part. */
export class AtomicFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #fd: number;
  readonly #output: Output;
  #open = true;

  /** Opens a temporary file beside `path`, whose folder is made if it is missing. */
  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#path = path;
    this.#temporary = `${path}.${process.pid}.tmp`;
    this.#fd = openSync(this.#temporary, "w");
    this.#output = new Output(this.#fd, { buffer: CHUNK });
  }

  write(text: string): void {
    this.#output.write(text);
  }

  /** The file is whole. */
  close(): void {
    this.#output.flush();
    this.#open = false;
    closeSync(this.#fd);
    renameSync(this.#temporary, this.#path);
  }

  /** Unless it is whole already, nothing is left of it; what was under its name before stays. */
  discard(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#fd);
    rmSync(this.#temporary, { force: true });
  }
}
