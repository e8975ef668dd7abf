import { dirname } from "node:path";
import { type SpecSet, specFilesIn } from "../../internal/concept/mod.ts";
import type { Diagnostic } from "../../internal/diag/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { handlerModules } from "../../internal/handlers/mod.ts";
import {
  checkFragment,
  isFragmentFile,
  isScenarioFile,
  loadScenario,
  rememberedOrphans,
  type ScenarioFile,
  SpecSets,
} from "../../internal/harness/mod.ts";
import type { CheckedFile } from "./check_kind.ts";

/**
 * Checks specs, scenarios and fragments. A spec file is checked in the sets that the scenarios among the files list, one that no
 * scenario lists with those that lie beside it (scenarios.md §2).
 */
export class SpecChecker {
  readonly #cwd: string;
  readonly #files: readonly CheckedFile[];
  readonly #nameOf = (path: string): string => nameFromRoot(path, this.#cwd);
  // Modules are looked into, never run; what they import is for `plumb test` to allow.
  readonly #specSets = new SpecSets(this.#nameOf, handlerModules({ open: true }));
  readonly #orphansIn = rememberedOrphans(this.#nameOf);
  #scenarios: Promise<ReadonlyMap<string, ScenarioFile>> | undefined;

  /** @param files all that are to be checked */
  constructor(cwd: string, files: readonly CheckedFile[]) {
    this.#cwd = cwd;
    this.#files = files;
  }

  /** What is wrong with a file; of a scenario also what is wrong with its fragments, its specs and its golden files. */
  async check(file: CheckedFile): Promise<readonly Diagnostic[]> {
    if (isScenarioFile(file.path)) return this.#checkScenario(file);
    return isFragmentFile(file.path) ? this.#checkFragment(file) : this.#checkSpec(file);
  }

  async #checkScenario({ path }: CheckedFile): Promise<readonly Diagnostic[]> {
    const scenario = (await this.#loaded()).get(path);
    return [...(scenario?.findings ?? []), ...(await this.#orphansIn(dirname(path)))];
  }

  async #checkFragment({ path }: CheckedFile): Promise<readonly Diagnostic[]> {
    const scenarios = [...(await this.#loaded()).values()];
    // A scenario that uses it knows more of it, and has told it.
    if (scenarios.some(({ fragments }) => fragments.includes(path))) return [];
    return checkFragment(path, { cwd: this.#cwd, nameOf: this.#nameOf, specSets: this.#specSets });
  }

  async #checkSpec({ path, file }: CheckedFile): Promise<readonly Diagnostic[]> {
    const scenarios = [...(await this.#loaded()).values()];
    const listed = new Set(scenarios.map(({ specs }) => specs).filter((set) => isIn(file, path, set)));
    const sets = listed.size > 0 ? [...listed] : [await this.#specSets.load(specFilesIn(dirname(path)))];
    return sets.flatMap(({ findings }) => findings.filter((finding) => finding.file === file));
  }

  /** All scenarios among the files, by path. */
  #loaded(): Promise<ReadonlyMap<string, ScenarioFile>> {
    this.#scenarios ??= this.#load();
    return this.#scenarios;
  }

  async #load(): Promise<ReadonlyMap<string, ScenarioFile>> {
    const options = { cwd: this.#cwd, nameOf: this.#nameOf, specSets: this.#specSets };
    const loaded = new Map<string, ScenarioFile>();
    for (const { path } of this.#files) {
      if (isScenarioFile(path)) loaded.set(path, await loadScenario(path, options));
    }
    return loaded;
  }
}

/** One that cannot be read is known by what is said of it. */
function isIn(file: string, path: string, { files, findings }: SpecSet): boolean {
  return files.some((known) => known.path === path) || findings.some((finding) => finding.file === file);
}
