import { mkdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import * as v from "valibot";
import { FileError, readTextFile, writeAtomically } from "../files/mod.ts";
import { executorCommand } from "../rep/mod.ts";
import { contentId } from "../value/mod.ts";
import type { ExecutorSetup } from "./executor_setup.ts";

const KnownSchema = v.strictObject({ schema: v.literal("capabilities.v1"), step_kinds: v.array(v.string()) });

/**
 * What an executor could when it was started last (flows §13, capability_cache), per command line and the files that it names. A
 * cache that cannot be read or written is none.
 */
export class CapabilityCache {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /**
   * Undefined: none is wanted, or no process is started.
   * @throws FlowInputError E_EXECUTOR_PATH
   */
  static of(setup: ExecutorSetup): CapabilityCache | undefined {
    const { cacheFolder, executor, cwd, env } = setup;
    if (cacheFolder === undefined || executor === undefined) return undefined;
    const { argv, file } = executorCommand(executor, { cwd, env });
    // An interpreter is often the executable, and what it runs an argument: a new script may be able to do more.
    const files = [...new Set([file, ...argv.map((word) => resolve(cwd, word))])].flatMap(stamp);
    const key = contentId("plumb/capabilities", JSON.stringify({ argv, files }));
    return new CapabilityCache(join(cacheFolder, "capabilities", `${key}.json`));
  }

  /** The step kinds; undefined: nothing is known. */
  read(): readonly string[] | undefined {
    try {
      return v.parse(KnownSchema, JSON.parse(readTextFile(this.#file))).step_kinds;
    } catch (error) {
      if (error instanceof FileError || error instanceof SyntaxError || v.isValiError(error)) return undefined;
      throw error;
    }
  }

  write(step_kinds: readonly string[]): void {
    try {
      mkdirSync(resolve(this.#file, ".."), { recursive: true });
      writeAtomically(this.#file, `${JSON.stringify({ schema: "capabilities.v1", step_kinds })}\n`);
    } catch {
      // No folder, no room: the next start asks again.
    }
  }
}

/** The user's cache folder for plumb. */
export function cacheFolderOf(env: Readonly<Record<string, string | undefined>>): string {
  const given = env.XDG_CACHE_HOME ?? "";
  if (isAbsolute(given)) return join(given, "plumb");
  const home = env.HOME === undefined || env.HOME === "" ? homedir() : env.HOME;
  return process.platform === "darwin" ? join(home, "Library", "Caches", "plumb") : join(home, ".cache", "plumb");
}

function stamp(path: string): readonly (readonly [path: string, bytes: number, modifiedMs: number])[] {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat?.isFile() === true ? [[path, stat.size, stat.mtimeMs]] : [];
  } catch {
    return []; // a word that cannot be a path
  }
}
