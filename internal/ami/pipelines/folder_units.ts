import { join } from "node:path";
import { byCodeUnit } from "./code_unit_order.ts";
import type { SourceFault, SourceFiles } from "./source_files.ts";
import { isSourcePath, isTestPath, readUnit, type Unit } from "./unit.ts";

/** A file that could not be read: then it is unknown what its package lacks. */
export interface UnreadFile {
  readonly file: string;
  readonly fault: SourceFault;
}

/** The `.ami` files of a folder, test files aside, by path. */
export interface FolderUnits {
  /** Its path, the same whatever links led to it. */
  readonly folder: string;
  readonly units: readonly Unit[];
  readonly unread: readonly UnreadFile[];
}

/** Reads files once, however many packages and tests ask for them. */
export class UnitReader {
  readonly #files: SourceFiles;
  readonly #nameOf: (path: string) => string;
  readonly #units = new Map<string, Unit | UnreadFile>();
  readonly #folders = new Map<string, FolderUnits>();

  /** @param nameOf what findings call the file at a path */
  constructor(files: SourceFiles, nameOf: (path: string) => string) {
    this.#files = files;
    this.#nameOf = nameOf;
  }

  /** The file at a path. One that was met at another path already, through links, is the same unit. */
  unit(path: string): Unit | UnreadFile {
    const real = this.#files.real(path);
    const known = this.#units.get(real);
    if (known !== undefined) return known;
    const text = this.#files.read(path);
    const file = this.#nameOf(path);
    const unit = typeof text === "string" ? readUnit(path, file, text) : { file, fault: text };
    this.#units.set(real, unit);
    return unit;
  }

  folder(folder: string): FolderUnits {
    const real = this.#files.real(folder);
    const known = this.#folders.get(real);
    if (known !== undefined) return known;
    const found = this.#readFolder(folder);
    this.#folders.set(real, found);
    return found;
  }

  #readFolder(folder: string): FolderUnits {
    const names = this.#files.list(folder).filter((name) => isSourcePath(name) && !isTestPath(name));
    // Sets, since two names may be links to one file.
    const units = new Set<Unit>();
    const unread = new Set<UnreadFile>();
    for (const name of [...names].sort(byCodeUnit)) {
      const path = join(folder, name);
      if (this.#files.kind(path) !== "file") continue;
      const unit = this.unit(path);
      if ("fault" in unit) unread.add(unit);
      else units.add(unit);
    }
    return { folder, units: [...units], unread: [...unread] };
  }
}
