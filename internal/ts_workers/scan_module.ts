import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { ModuleFault } from "../ami/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import { codeLoader } from "./code_loader.ts";
import { checkImports, importIndex, isRelative } from "./import_rules.ts";
import { readSyntax } from "./module_syntax.ts";
import { type ModuleFile, UnusableModule, unusable } from "./unusable_module.ts";

/** Files of one module, itself included. */
const MOST_FILES = 1_000;

const NOT_REGULAR = "the file cannot be read: it is not a regular file";

/**
 * The names that a worker module exports, sorted, or why it cannot be used. Nothing is executed. Unless it is `open`, it and all
 * that it imports may import relative files and `plumb` only (E_WORKER_IO); a file that is missing or cannot be read as code is
 * E_WORKER_UNDEFINED, because then its workers are. `path` is absolute.
 */
export function scanModule(path: string, open: boolean): readonly string[] | ModuleFault {
  try {
    return [...new ModuleScan(path, open).names(path)].sort();
  } catch (error) {
    if (error instanceof UnusableModule) return { code: error.code, message: error.message };
    throw error;
  }
}

/** A file's own exports, and the files whose exports are its own too. */
interface Exports {
  readonly own: readonly string[];
  readonly taken: readonly string[];
}

class ModuleScan {
  readonly #folder: string;
  readonly #open: boolean;
  readonly #files = new Map<string, Exports>();

  constructor(path: string, open: boolean) {
    this.#folder = dirname(path);
    this.#open = open;
    if (codeLoader(path) === undefined) {
      unusable("E_WORKER_UNDEFINED", this.#file(path), undefined, "a TypeScript or JavaScript file is expected");
    }
    const queue = [path];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (!this.#files.has(next)) queue.push(...this.#visit(next));
    }
  }

  /** All that can be imported from a file; `seen` are the files that were asked already. */
  names(path: string, seen = new Set<string>()): Set<string> {
    const { own, taken } = this.#files.get(path) ?? { own: [], taken: [] };
    seen.add(path);
    const names = new Set(own);
    for (const from of taken) {
      if (seen.has(from)) continue;
      for (const name of this.names(from, seen)) if (name !== "default") names.add(name);
    }
    return names;
  }

  /** Reads a file; the files that it imports. */
  #visit(path: string): readonly string[] {
    if (codeLoader(path) === undefined) {
      // Bun reads data when the module is loaded, and would wait for whoever writes into a pipe.
      if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
        unusable("E_WORKER_UNDEFINED", this.#named(path), undefined, NOT_REGULAR);
      this.#files.set(path, { own: [], taken: [] });
      return [];
    }
    const file = this.#file(path);
    if (this.#files.size === MOST_FILES)
      unusable("E_WORKER_UNDEFINED", file, undefined, `it is one of more than ${MOST_FILES} files`);
    const syntax = readSyntax(file);
    if (!this.#open) checkImports(file, syntax);
    const found = (names: readonly string[]) => names.filter(isRelative).flatMap((name) => resolveImport(file, name));
    this.#files.set(path, { own: syntax.exports, taken: found(syntax.taken) });
    return found(syntax.imports);
  }

  #file(path: string): ModuleFile {
    const file = this.#named(path);
    try {
      return { ...file, text: readTextFile(path).replace(/^\uFEFF/, "") };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { reason, message, pos } = error;
      const shown = pos === undefined ? file.shown : `${file.shown}:${pos.line}:${pos.column}`;
      const why = reason === "missing" ? "the file does not exist" : `the file cannot be read: ${message}`;
      return unusable("E_WORKER_UNDEFINED", { ...file, shown }, undefined, why);
    }
  }

  /** A file whose text is not known. */
  #named(path: string): ModuleFile {
    return { path, shown: relative(this.#folder, path), text: "" };
  }
}

/** The absolute path of a relative import; none if it is of types only, which are gone when the module runs. */
function resolveImport(file: ModuleFile, name: string): readonly string[] {
  try {
    return [Bun.resolveSync(name, dirname(file.path))];
  } catch {
    const types = `${resolve(dirname(file.path), name).replace(/\.[cm]?[jt]s$/, "")}.d.ts`;
    if (existsSync(types)) return [];
    return unusable("E_WORKER_UNDEFINED", file, importIndex(file, name), `${JSON.stringify(name)} is not found`);
  }
}
