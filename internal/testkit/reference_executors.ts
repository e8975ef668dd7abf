import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const FOLDER = resolve(import.meta.dir, "../../testdata/executors");

/** What the project says of its C (flows §18), and what makes it find its own mistakes. */
const FLAGS = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-O1"];

/** The executors of testdata/executors, ready to be started; the one in C is compiled once for each of these. */
export class ReferenceExecutors {
  readonly #folder = mkdtempSync(join(tmpdir(), "plumb-reference-"));
  /** Name and path. Without a C compiler or python3 the list is shorter. */
  readonly all: readonly (readonly [name: string, path: string])[];

  /** @param flags more for the compiler, such as a sanitizer's */
  constructor(flags: readonly string[] = []) {
    const c = join(this.#folder, "executor");
    this.all = [
      ...(Bun.which("python3") === null ? [] : [["python", join(FOLDER, "python/executor.py")] as const]),
      ["typescript", join(FOLDER, "typescript/executor.ts")],
      ...(compiled(c, flags) ? [["c", c] as const] : []),
    ];
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** False: there is no compiler. */
function compiled(path: string, flags: readonly string[]): boolean {
  if (Bun.which("cc") === null) return false;
  const sources = [...new Bun.Glob("*.c").scanSync(join(FOLDER, "c"))].map((file) => join(FOLDER, "c", file));
  const { exitCode, stderr } = Bun.spawnSync(["cc", ...FLAGS, ...flags, "-o", path, ...sources, "-lm"]);
  if (exitCode !== 0) throw new Error(`the executor in C does not compile:\n${stderr.toString()}`);
  return true;
}
