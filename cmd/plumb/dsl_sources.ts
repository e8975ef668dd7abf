import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { LineIndex } from "../../internal/diag/mod.ts";
import { type DslIssue, type DslSource, dslSource, type FindPolicy } from "../../internal/dsl/mod.ts";
import { FileError, nameFromRoot, readTextFile } from "../../internal/files/mod.ts";

/** The texts of .wdl and .pdl files that were read, by the names that outputs give them. */
export class DslSources {
  readonly #cwd: string;
  readonly #read = new Map<string, DslSource>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** The text of a file, or the finding `read-error`. */
  read(path: string): DslSource | DslIssue {
    const file = nameFromRoot(path, this.#cwd);
    try {
      const source = dslSource(file, readTextFile(path));
      this.#read.set(file, source);
      return source;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { message, pos } = error;
      const where = pos === undefined ? "" : ` from line ${pos.line}, column ${pos.column} on`;
      return {
        path: file,
        code: "read-error",
        message: `the file cannot be read: ${message}${where}`,
        level: "error",
        pos: undefined,
        endPos: undefined,
        help: undefined,
      };
    }
  }

  /** The lines of a file that was read, for excerpts. */
  lines(file: string): LineIndex | undefined {
    return this.#read.get(file)?.lines;
  }

  /** Looks for NAME.pdl beside a flow, then in a folder `policies` beside its folder (flows §3). */
  readonly findPolicy: FindPolicy = (name, flow) => {
    const folder = dirname(resolve(this.#cwd, flow.path));
    const places = [join(folder, `${name}.pdl`), join(dirname(folder), "policies", `${name}.pdl`)];
    const found = places.find((place) => existsSync(place));
    return found === undefined ? undefined : this.read(found);
  };
}
