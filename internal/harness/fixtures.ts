import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Position } from "../diag/mod.ts";
import { isInside, realPath } from "../files/mod.ts";
import { CaseError } from "./case_error.ts";
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
    const tolerated = tolerateMissing === undefined ? undefined : realPath(resolve(folder, tolerateMissing));
    const fixtures = specs.map(({ path, mode }) => {
      const real = resolveInside(path.value, path.pos, folder, realRoot);
      if (mode === "ro" && real !== tolerated && !existsSync(real)) {
        const message = `fixture ${path.value} does not exist; only mode=rw may start without a file`;
        throw new CaseError({ code: "E_FIXTURE_MISSING", message, pos: path.pos, blame: "environment" });
      }
      return { mode, real };
    });
    return new Fixtures(fixtures, folder, realRoot);
  }

  /**
   * The real path of `@FILE`, which resolves as a fixture's path does. Throws a {@link CaseError} `E_FIXTURE_PATH`, or
   * `E_FIXTURE_UNDECLARED` if no fixture covers it.
   */
  declared(path: string, pos: Position): string {
    const real = resolveInside(path, pos, this.#folder, this.#root);
    if (this.#fixtures.some((fixture) => isInside(real, fixture.real))) return real;
    const message = `@${path} is no fixture of this case; a file is read only if a fixture declares it`;
    const data = { help: `#pragma test:fixture path=${path} mode=ro` };
    throw new CaseError({ code: "E_FIXTURE_UNDECLARED", message, pos, data });
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
      if (existsSync(real)) copyTree(real, copy, this.#root);
    }
  }

  /** Where the scratch copy of a covered file is. */
  scratchPath(real: string, scratch: string): string {
    return join(scratch, relative(this.#root, real));
  }
}

/**
 * Copies files and folders. Throws for what is neither (a pipe would block, a device never end), and for a link that leaves
 * the root or leads to a folder, which might be one above.
 */
function copyTree(from: string, to: string, root: string): void {
  const stat = lstatSync(from);
  if (stat.isDirectory()) {
    mkdirSync(to, { recursive: true });
    for (const name of readdirSync(from)) copyTree(join(from, name), join(to, name), root);
    return;
  }
  const real = stat.isSymbolicLink() ? realPath(from) : from;
  if (!isInside(real, root)) throw new Error(`${from} is a link out of the test root`);
  if (!statSync(real).isFile()) throw new Error(`${from} is no regular file`);
  copyFileSync(real, to);
}

/** The real path of a file that a test file names. Throws `E_FIXTURE_PATH` for one that is no path inside the root. */
function resolveInside(path: string, pos: Position, folder: string, root: string): string {
  if (path === "" || isAbsolute(path) || path.includes("\\") || path.includes("\0")) {
    const message = `path ${JSON.stringify(path)} must be relative to the test file, with / between folders`;
    throw new CaseError({ code: "E_FIXTURE_PATH", message, pos });
  }
  const real = realPath(resolve(folder, path));
  if (isInside(real, root)) return real;
  const message = `${path} lies outside the test root; a case reaches files below it only`;
  throw new CaseError({ code: "E_FIXTURE_PATH", message, pos });
}
