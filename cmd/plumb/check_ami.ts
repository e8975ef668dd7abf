import type { PackageLoader } from "../../internal/ami/mod.ts";
import type { Diagnostic } from "../../internal/diag/mod.ts";
import { readTestFile } from "../../internal/harness/mod.ts";
import { TsWorkers } from "../../internal/ts_workers/mod.ts";
import { packageLoader } from "./pipeline_load.ts";

/** Checks `.ami` files: each with its package and what it imports, as it would run (pipelines §1). */
export class AmiChecker {
  readonly #loader: PackageLoader;

  constructor(cwd: string) {
    // Modules are looked into, never run.
    this.#loader = packageLoader(cwd, new TsWorkers({ virtual: true, open: true }));
  }

  /** The findings of a file's package, and of the pragma lines of a test file (ami-tests §1). */
  check(path: string): readonly Diagnostic[] {
    const { findings, units } = this.#loader.load(path);
    const test = units.find((unit) => unit.isTest && unit.path === path);
    return test === undefined ? findings : [...findings, ...readTestFile(test.file, test.lines.text).findings];
  }
}
