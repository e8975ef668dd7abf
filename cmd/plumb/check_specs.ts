import { dirname, relative, sep } from "node:path";
import { loadSpecs, type SpecSet, specFilesIn } from "../../internal/concept/mod.ts";
import type { Diagnostic } from "../../internal/diag/mod.ts";
import { handlerModules } from "../../internal/handlers/mod.ts";
import type { CheckedFile } from "./check_kind.ts";

/** Checks spec files folder by folder: each with the others that lie beside it (scenarios.md §2). */
export class SpecChecker {
  readonly #cwd: string;
  // Modules are looked into, never run; what they import is for `plumb test` to allow.
  readonly #modules = handlerModules({ open: true });
  readonly #sets = new Map<string, Promise<SpecSet>>();

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  /** What is wrong with one file of its set. */
  async check({ path, file }: CheckedFile): Promise<readonly Diagnostic[]> {
    const folder = dirname(path);
    const set = this.#sets.get(folder) ?? this.#load(specFilesIn(folder));
    this.#sets.set(folder, set);
    return (await set).findings.filter((finding) => finding.file === file);
  }

  #load(paths: readonly string[]): Promise<SpecSet> {
    const nameOf = (path: string) => relative(this.#cwd, path).split(sep).join("/");
    return loadSpecs(paths, { baseDir: this.#cwd, nameOf, modules: this.#modules });
  }
}
