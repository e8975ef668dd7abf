import { existsSync, statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { FileError, readTextFile } from "../files/mod.ts";
import { codeLoader } from "./code_loader.ts";
import { checkImports, importIndex, isRelative } from "./import_rules.ts";
import type { ModuleKind } from "./module_kind.ts";
import { readSyntax } from "./module_syntax.ts";
import { type ModuleFile, UnusableModule, unusable } from "./unusable_module.ts";

/** Files of one module, itself included. */
const MOST_FILES = 1_000;

const NOT_REGULAR = "the file cannot be read: it is not a regular file";

/** Why a module cannot be used. */
export interface ScanFault {
  readonly code: string;
  readonly message: string;
}

/**
 * The names that a module exports, sorted, or why it cannot be used. Nothing is executed. Unless it is `open`, it and all that it
 * imports may import relative files and `plumb` only (`forbidden` of its kind's codes); a file that is missing or cannot be read
 * as code is `unusable`. `path` is absolute.
 */
export function scanModule(path: string, open: boolean, kind: ModuleKind): readonly string[] | ScanFault {
  try {
    return [...new ModuleScan(path, open, kind).names(path)].sort();
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
  readonly #kind: ModuleKind;
  readonly #files = new Map<string, Exports>();

  constructor(path: string, open: boolean, kind: ModuleKind) {
    this.#folder = dirname(path);
    this.#open = open;
    this.#kind = kind;
    if (codeLoader(path) === undefined) {
      this.#unusable(this.#file(path), undefined, "a TypeScript or JavaScript file is expected");
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
        this.#unusable(this.#named(path), undefined, NOT_REGULAR);
      this.#files.set(path, { own: [], taken: [] });
      return [];
    }
    const file = this.#file(path);
    if (this.#files.size === MOST_FILES) this.#unusable(file, undefined, `it is one of more than ${MOST_FILES} files`);
    const syntax = readSyntax(file, this.#kind.codes.unusable);
    if (!this.#open) checkImports(file, syntax, this.#kind);
    const found = (names: readonly string[]) => names.filter(isRelative).flatMap((name) => this.#resolve(file, name));
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
      return this.#unusable({ ...file, shown }, undefined, why);
    }
  }

  /** A file whose text is not known. */
  #named(path: string): ModuleFile {
    return { path, shown: relative(this.#folder, path), text: "" };
  }

  /** The absolute path of a relative import; none if it is of types only, which are gone when the module runs. */
  #resolve(file: ModuleFile, name: string): readonly string[] {
    try {
      return [Bun.resolveSync(name, dirname(file.path))];
    } catch {
      const types = `${resolve(dirname(file.path), name).replace(/\.[cm]?[jt]s$/, "")}.d.ts`;
      if (existsSync(types)) return [];
      return this.#unusable(file, importIndex(file, name), `${JSON.stringify(name)} is not found`);
    }
  }

  #unusable(file: ModuleFile, index: number | undefined, message: string): never {
    return unusable(this.#kind.codes.unusable, file, index, message);
  }
}
