import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { Position } from "../../diag/mod.ts";
import { isInside, realPath } from "../../files/mod.ts";
import { CaseError } from "../case_error.ts";
import type { FixtureSpec } from "../pragma/mod.ts";

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
  readonly #paths: FixturePaths;

  private constructor(fixtures: readonly Fixture[], paths: FixturePaths) {
    this.#fixtures = fixtures;
    this.#paths = paths;
  }

  /**
   * Checks the fixtures of a case of `testFile`, in their order. Throws a {@link CaseError} `E_FIXTURE_PATH` or
   * `E_FIXTURE_MISSING` at the first that is wrong. `tolerateMissing` is a path that `--update` is about to write.
   */
  static open(specs: readonly FixtureSpec[], testFile: string, root: string, tolerateMissing?: string): Fixtures {
    const paths = new FixturePaths(testFile, root);
    const tolerated = tolerateMissing === undefined ? undefined : realPath(resolve(paths.folder, tolerateMissing));
    const fixtures = specs.map(({ path, mode }) => {
      const real = paths.inside(path.value, path.pos);
      if (mode === "ro" && real !== tolerated && !existsSync(real)) {
        const message = `fixture ${path.value} does not exist; only mode=rw may start without a file`;
        throw new CaseError({ code: "E_FIXTURE_MISSING", message, pos: path.pos, blame: "environment" });
      }
      return { mode, real };
    });
    return new Fixtures(fixtures, paths);
  }

  /**
   * The real path of `@FILE`, which resolves as a fixture's path does. Throws a {@link CaseError} `E_FIXTURE_PATH`, or
   * `E_FIXTURE_UNDECLARED` if no fixture covers it.
   */
  declared(path: string, pos: Position): string {
    const real = this.#paths.inside(path, pos);
    if (this.#fixtures.some((fixture) => isInside(real, fixture.real))) return real;
    const message = `@${path} is no fixture of this case; a file is read only if a fixture declares it`;
    const data = { help: `#pragma test:fixture path=${path} mode=ro` };
    throw new CaseError({ code: "E_FIXTURE_UNDECLARED", message, pos, data });
  }

  /** The mode of the fixture that covers a real path; `rw` if any of them is. */
  modeOf(real: string): "ro" | "rw" | undefined {
    const modes = this.#fixtures.filter((fixture) => isInside(real, fixture.real)).map(({ mode }) => mode);
    return modes.includes("rw") ? "rw" : modes[0];
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
      if (existsSync(real)) copyTree(real, copy, this.#paths.root);
    }
  }

  /** Where the scratch copy of a covered file is. */
  scratchPath(real: string, scratch: string): string {
    return join(scratch, relative(this.#paths.root, real));
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

/** Where a test file's paths begin, and the root that they must stay in. */
class FixturePaths {
  readonly folder: string;
  readonly #rootPath: string;
  #root: string | undefined;

  constructor(testFile: string, root: string) {
    this.folder = dirname(testFile);
    this.#rootPath = isInside(resolve(testFile), resolve(root)) ? root : this.folder;
  }

  /** With all links resolved. Asked for late, because most cases name no file and the system is slow to tell. */
  get root(): string {
    this.#root ??= realPath(this.#rootPath);
    return this.#root;
  }

  /** The real path of a file that a test file names. Throws `E_FIXTURE_PATH` for one that is no path inside the root. */
  inside(path: string, pos: Position): string {
    if (path === "" || isAbsolute(path) || path.includes("\\") || path.includes("\0")) {
      const message = `path ${JSON.stringify(path)} must be relative to the test file, with / between folders`;
      throw new CaseError({ code: "E_FIXTURE_PATH", message, pos });
    }
    const real = realPath(resolve(this.folder, path));
    if (isInside(real, this.root)) return real;
    const message = `${path} lies outside the test root; a case reaches files below it only`;
    throw new CaseError({ code: "E_FIXTURE_PATH", message, pos });
  }
}
