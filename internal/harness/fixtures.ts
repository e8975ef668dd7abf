import { cpSync, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { CaseError } from "./case_error.ts";
import { realPath } from "./discover.ts";
import type { FixtureSpec } from "./pragma/mod.ts";

/** A fixture of a case whose path has been checked: all links resolved. */
interface Fixture {
  readonly mode: "ro" | "rw";
  readonly real: string;
}

/**
 * The files that one case may touch (ami-tests §6). Reading for the case itself goes to the source files; `rw` fixtures
 * are copied to a scratch folder first, and everything that a run writes goes there.
 */
export class Fixtures {
  readonly #fixtures: readonly Fixture[];
  readonly #folder: string;
  readonly #root: string;

  private constructor(fixtures: readonly Fixture[], folder: string, root: string) {
    this.#fixtures = fixtures;
    this.#folder = folder;
    this.#root = root;
  }

  /**
   * Checks the fixtures of a case of `testFile`, in their order. Throws a {@link CaseError} `E_FIXTURE_PATH` or
   * `E_FIXTURE_MISSING` at the first that is wrong. `tolerateMissing` is a path that `--update` is about to write.
   */
  static open(specs: readonly FixtureSpec[], testFile: string, root: string, tolerateMissing?: string): Fixtures {
    const folder = dirname(testFile);
    const realRoot = realPath(isInside(resolve(testFile), resolve(root)) ? root : folder);
    const fixtures = specs.map(({ path, mode }) => {
      const real = realPath(resolve(folder, checkedPath(path.value, path.pos)));
      if (!isInside(real, realRoot)) {
        const message = `fixture ${path.value} lies outside the test root; a case reaches files below it only`;
        throw new CaseError({ code: "E_FIXTURE_PATH", message, pos: path.pos });
      }
      const wanted = tolerateMissing !== undefined && real === realPath(resolve(folder, tolerateMissing));
      if (mode === "ro" && !wanted && !existsSync(real)) {
        const message = `fixture ${path.value} does not exist; only mode=rw may start without a file`;
        throw new CaseError({ code: "E_FIXTURE_MISSING", message, pos: path.pos, blame: "environment" });
      }
      return { mode, real };
    });
    return new Fixtures(fixtures, folder, realRoot);
  }

  /** The real path of a file relative to the test file if a fixture covers it. */
  covered(path: string): string | undefined {
    const real = realPath(resolve(this.#folder, path));
    return this.#fixtures.some((fixture) => isInside(real, fixture.real)) ? real : undefined;
  }

  get hasWritable(): boolean {
    return this.#fixtures.some(({ mode }) => mode === "rw");
  }

  /** Copies the `rw` fixtures below `scratch`, each at its path from the root; what does not exist starts empty. */
  copyTo(scratch: string): void {
    for (const { mode, real } of this.#fixtures) {
      if (mode !== "rw") continue;
      const copy = this.scratchPath(real, scratch);
      mkdirSync(dirname(copy), { recursive: true });
      if (existsSync(real)) cpSync(real, copy, { recursive: true, dereference: true });
    }
  }

  /** Where the scratch copy of a covered file is. */
  scratchPath(real: string, scratch: string): string {
    return join(scratch, relative(this.#root, real));
  }
}

/** Is `path` the folder or file `outer`, or below it? */
export function isInside(path: string, outer: string): boolean {
  return path === outer || path.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

/** The size of a file in bytes, undefined if it is none. */
export function fileSize(path: string): number | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : undefined;
}

function checkedPath(path: string, pos: FixtureSpec["path"]["pos"]): string {
  if (path === "" || isAbsolute(path) || path.includes("\\") || path.includes("\0")) {
    const message = `fixture path ${JSON.stringify(path)} must be relative to the test file, with / between folders`;
    throw new CaseError({ code: "E_FIXTURE_PATH", message, pos });
  }
  return path;
}
