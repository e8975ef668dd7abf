import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { WorkerFault } from "../../ami/mod.ts";
import { errorText } from "../../diag/mod.ts";
import { FileError, lastLineIsOpen, readTextFile, realPath } from "../../files/mod.ts";
import type { IoFiles } from "../../pipeline/mod.ts";
import type { Fixtures } from "./fixtures.ts";

/**
 * What the io steps of a case reach (ami-tests §6): its fixtures, by paths relative to the `.ami` file; `rw` ones by their
 * scratch copies, so that no run changes a source file. Everything else is denied.
 */
export class FixtureFiles implements IoFiles {
  readonly #fixtures: Fixtures;
  readonly #folder: string;
  readonly #scratch: string | undefined;

  /** `folder` is that of the `.ami` file, `scratch` that of the case's copies, if it has any. */
  constructor(fixtures: Fixtures, folder: string, scratch: string | undefined) {
    this.#fixtures = fixtures;
    this.#folder = folder;
    this.#scratch = scratch;
  }

  read(path: string): string | WorkerFault {
    const real = realPath(resolve(this.#folder, path));
    const mode = this.#fixtures.modeOf(real);
    if (mode === undefined) return denied();
    try {
      return readTextFile(mode === "rw" ? this.#copyOf(real) : real);
    } catch (error) {
      // A writable fixture that does not exist starts empty.
      if (mode === "rw" && error instanceof FileError && error.reason === "missing") return "";
      return new WorkerFault("E_FIXTURE_READ", `${path} cannot be read: ${errorText(error)}`);
    }
  }

  prepare(path: string): WorkerFault | undefined {
    return this.#fixtures.modeOf(realPath(resolve(this.#folder, path))) === "rw" ? undefined : denied();
  }

  append(path: string, line: string): WorkerFault | undefined {
    const copy = this.#copyOf(realPath(resolve(this.#folder, path)));
    try {
      mkdirSync(dirname(copy), { recursive: true });
      appendFileSync(copy, `${lastLineIsOpen(copy) ? "\n" : ""}${line}\n`);
      return undefined;
    } catch (error) {
      return new WorkerFault("E_FIXTURE_WRITE", `${path} cannot be written: ${errorText(error)}`);
    }
  }

  #copyOf(real: string): string {
    if (this.#scratch === undefined) throw new Error("a case with rw fixtures has a scratch folder");
    return this.#fixtures.scratchPath(real, this.#scratch);
  }
}

function denied(): WorkerFault {
  return new WorkerFault("E_SANDBOX_DENIED", "sandbox denied capability: fs");
}
