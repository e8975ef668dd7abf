import { statSync } from "node:fs";
import { WriteFailed } from "../../internal/cli/mod.ts";
import { errorText } from "../../internal/diag/mod.ts";
import { AtomicFile } from "../../internal/files/mod.ts";

/** A report that goes to a file, which appears under its name when the report is whole. */
export class ReportFile {
  readonly #shown: string;
  readonly #file: AtomicFile;

  /**
   * @param shown the path as messages show it
   * @param refuse makes the error for a file that cannot be written; nothing has run then
   */
  constructor(path: string, shown: string, refuse: (why: string) => Error) {
    this.#shown = shown;
    try {
      if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) throw new Error("it is a folder");
      this.#file = new AtomicFile(path);
    } catch (error) {
      throw refuse(`cannot write to ${shown}: ${errorText(error)}`);
    }
  }

  /** @throws WriteFailed */
  write(text: string): void {
    this.#try(() => this.#file.write(text));
  }

  /**
   * The report is whole.
   *
   * @throws WriteFailed
   */
  close(): void {
    this.#try(() => this.#file.close());
  }

  /** Unless it is whole already, nothing is left of it; what was under its name before stays. */
  discard(): void {
    this.#file.discard();
  }

  #try(write: () => void): void {
    try {
      write();
    } catch (error) {
      throw new WriteFailed(`cannot write to ${this.#shown}: ${errorText(error)}`, { cause: error });
    }
  }
}
