import { type HandlerModules, loadSpecs, type SpecSet } from "../../concept/mod.ts";

/** Spec sets by the list of their paths: scenarios that list the same share one (and what is made of it). */
export class SpecSets {
  readonly #nameOf: (path: string) => string;
  readonly #modules: HandlerModules;
  readonly #sets = new Map<string, Promise<SpecSet>>();

  /** @param nameOf what findings call a file, from its absolute path */
  constructor(nameOf: (path: string) => string, modules: HandlerModules) {
    this.#nameOf = nameOf;
    this.#modules = modules;
  }

  /** @param paths absolute, of files and folders, in load order */
  load(paths: readonly string[]): Promise<SpecSet> {
    const key = paths.join("\0");
    const known = this.#sets.get(key);
    if (known !== undefined) return known;
    const set = loadSpecs(paths, { baseDir: "/", nameOf: this.#nameOf, modules: this.#modules });
    this.#sets.set(key, set);
    return set;
  }
}
