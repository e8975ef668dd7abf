import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { errorText } from "../diag/mod.ts";
import { nameFromRoot } from "./name_from_root.ts";

/** A file that was found: where it is, and its name from the root, `/`-separated. */
export interface FoundFile {
  readonly path: string;
  readonly file: string;
}

/** A folder that could not be looked into, and why. */
export interface UnreadableFolder extends FoundFile {
  readonly reason: string;
}

export interface WalkOptions {
  /** The folder that names begin at. */
  readonly root: string;
  /** Whether a file of this name is looked for, whatever folder it is in. */
  readonly wanted: (name: string) => boolean;
}

/** Folders that hold what others made; hidden ones are skipped too (cli.md, `plumb test`). */
const SKIPPED_FOLDERS = new Set(["node_modules", "build", "out", "dist"]);

/**
 * Files that are found by walking folders, each once. Links to files are followed, links to folders are not, so no walk is
 * endless. A file that cannot be looked at, such as a dangling link, is found: it is reported when it is read.
 *
 * @example
 * const walk = new Walk({ root, wanted: (name) => name.endsWith(".ami") });
 * walk.addFolder(root);
 * walk.files(); // [{ path: "/root/a.ami", file: "a.ami" }]
 */
export class Walk {
  readonly #options: WalkOptions;
  readonly #files = new Map<string, FoundFile>();
  readonly #unreadable = new Map<string, UnreadableFolder>();

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** Adds a file that was given by name, whatever it is called. */
  addFile(path: string): void {
    const file = nameFromRoot(path, this.#options.root);
    this.#files.set(file, { path, file });
  }

  /** Adds the wanted files below a folder; the folder itself is walked whatever it is called. */
  addFolder(folder: string): void {
    for (const entry of this.#entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith(".") && !SKIPPED_FOLDERS.has(entry.name)) this.addFolder(path);
      } else if (this.#options.wanted(entry.name) && !(entry.isSymbolicLink() && isFolder(path))) this.addFile(path);
    }
  }

  /** By UTF-16 code unit of their names. */
  files(): FoundFile[] {
    return sortedByName(this.#files.values());
  }

  /** By UTF-16 code unit of their names. */
  unreadable(): UnreadableFolder[] {
    return sortedByName(this.#unreadable.values());
  }

  #entriesOf(folder: string): Dirent[] {
    try {
      return readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      const file = nameFromRoot(folder, this.#options.root);
      this.#unreadable.set(file, { path: folder, file, reason: errorText(error) });
      return [];
    }
  }
}

/** Is a folder at the path, links followed? No also for a loop of links and for what may not be looked at. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}

function sortedByName<T extends FoundFile>(found: Iterable<T>): T[] {
  return [...found].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}
