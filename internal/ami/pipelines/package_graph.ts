import { basename, dirname, resolve } from "node:path";
import { didYouMean } from "../../diag/mod.ts";
import type { ScopedFunction } from "../functions/mod.ts";
import type { ImportDecl } from "../syntax/mod.ts";
import { byCodeUnit } from "./code_unit_order.ts";
import type { UnitReader, UnreadFile } from "./folder_units.ts";
import { classifyImport, defaultAlias } from "./import_path.ts";
import { type PackageFile, type PackageSources, packageOf } from "./package_sources.ts";
import type { SourceFiles } from "./source_files.ts";
import { DEFAULT_PACKAGE, isSourcePath, isTestPath, type Unit } from "./unit.ts";

/** An import that was found: from a file to all or one of the files of a package. */
export interface ImportLink {
  readonly from: PackageFile;
  readonly decl: ImportDecl;
  readonly target: PackageNode;
  readonly files: readonly PackageFile[];
}

/** A package and what it imports. */
export interface PackageNode {
  readonly sources: PackageSources;
  /** Files of its folder that could not be read. */
  readonly unread: readonly UnreadFile[];
  readonly links: readonly ImportLink[];
}

type Draft = PackageNode & { readonly links: ImportLink[] };

/** The packages that were loaded, and their imports of each other. Each is read once. */
export class PackageGraph {
  readonly #files: SourceFiles;
  readonly #reader: UnitReader;
  readonly #nodes = new Map<string, Draft>();
  /** Packages whose imports have yet to be resolved: a worklist, since chains of imports have any length. */
  readonly #open: Draft[] = [];

  constructor(files: SourceFiles, reader: UnitReader) {
    this.#files = files;
    this.#reader = reader;
  }

  /** The package of a file: of a test file that file alone adds to its folder's package (pipelines §1, ami-tests §3). */
  packageOfFile(unit: Unit): PackageNode {
    const folder = this.#reader.folder(unit.folder);
    if (!unit.isTest) return this.#settled(this.#named(unit.folder, packageName(unit)));
    const [first] = folder.units;
    const name = unit.hasSource ? packageName(unit) : first === undefined ? DEFAULT_PACKAGE : packageName(first);
    const others = unit.hasSource ? folder.units.filter((other) => packageName(other) === name) : folder.units;
    // Last, so that what is declared twice is declared twice by the test file.
    return this.#settled(this.#node(`test\0${unit.path}`, name, [...others, unit], folder.unread));
  }

  /** The packages of a folder's files, test files aside, by name. */
  packagesOfFolder(folder: string): readonly PackageNode[] {
    const names = new Set(this.#reader.folder(folder).units.map(packageName));
    return [...names].sort(byCodeUnit).map((name) => this.#settled(this.#named(folder, name)));
  }

  #named(path: string, name: string): Draft {
    const { folder, units, unread } = this.#reader.folder(path);
    const mates = units.filter((unit) => packageName(unit) === name);
    return this.#node(`package\0${folder}\0${name}`, name, mates, unread);
  }

  #node(key: string, name: string, units: readonly Unit[], unread: readonly UnreadFile[]): Draft {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node: Draft = { sources: packageOf(name, units), unread, links: [] };
    this.#nodes.set(key, node);
    this.#open.push(node);
    return node;
  }

  #settled(node: Draft): PackageNode {
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) {
      for (const file of next.sources.files) {
        for (const decl of file.unit.tree.imports) this.#resolve(next, file, decl);
      }
    }
    return node;
  }

  #resolve(node: Draft, from: PackageFile, decl: ImportDecl): void {
    const { text } = decl.path;
    const { findings } = from;
    switch (classifyImport(text)) {
      case "bad":
        findings.add("E_BAD_IMPORT", `invalid import path ${JSON.stringify(text)}`, decl.path);
        return;
      case "foreign": {
        const message = `import ${JSON.stringify(text)} is not resolved: only paths that begin with ./ or ../ are`;
        findings.add("W_IMPORT_UNRESOLVED", message, decl.path);
        return;
      }
      case "relative":
        this.#resolveRelative(node, from, decl);
    }
  }

  #resolveRelative(node: Draft, from: PackageFile, decl: ImportDecl): void {
    const path = resolve(from.unit.folder, decl.path.text);
    const found = this.#find(path);
    if (typeof found === "string") {
      const shown = JSON.stringify(decl.path.text);
      from.findings.add("E_IMPORT_NOT_FOUND", `import ${shown}: ${found}`, decl.path, this.#near(path, decl.path.text));
      return;
    }
    const alias = decl.alias?.text ?? defaultAlias(path);
    if (from.imports.has(alias)) {
      const message = `invalid import path ${JSON.stringify(decl.path.text)}: another import is known as ${alias}`;
      from.findings.add("E_BAD_IMPORT", message, decl.path);
      return;
    }
    from.imports.set(alias, functionsOf(found));
    node.links.push({ from, decl, ...found });
  }

  /** What stands at the path of an import, or why there is nothing to import. */
  #find(path: string): Pick<ImportLink, "target" | "files"> | string {
    const kind = this.#files.kind(path);
    if (kind === "folder") return this.#findFolder(path);
    if (kind !== "file") return "there is no such file or folder";
    if (!isSourcePath(path)) return "this is no .ami file";
    if (isTestPath(path)) return "test files cannot be imported";
    const unit = this.#reader.unit(path);
    if ("fault" in unit) return `it ${unit.fault.message}`;
    const target = this.#named(unit.folder, packageName(unit));
    return { target, files: target.sources.files.filter((file) => file.unit === unit) };
  }

  #findFolder(path: string): Pick<ImportLink, "target" | "files"> | string {
    const { units } = this.#reader.folder(path);
    const names = [...new Set(units.map(packageName))].sort(byCodeUnit);
    const [first, ...others] = names;
    if (first === undefined) return "the folder holds no .ami file";
    const name = others.length === 0 ? first : names.find((known) => known === defaultAlias(path));
    if (name === undefined) return `the folder holds several packages: ${names.join(", ")}`;
    const target = this.#named(path, name);
    return { target, files: target.sources.files };
  }

  /** A path that was probably meant: with the suffix, or a neighbour of nearly the same name. */
  #near(path: string, shown: string): string | undefined {
    if (this.#files.kind(`${path}.ami`) === "file") return `${shown}.ami`;
    const [folder, base] = [dirname(path), basename(path)];
    const near = didYouMean(
      base,
      this.#files
        .list(folder)
        .filter((name) => !isTestPath(name))
        .slice(0, MOST_NEIGHBOURS),
    );
    return near === undefined || !shown.endsWith(base) ? undefined : shown.slice(0, -base.length) + near;
  }
}

/** Names of a folder that are compared with a path that is not there. */
const MOST_NEIGHBOURS = 1000;

export function packageName(unit: Unit): string {
  return unit.package ?? DEFAULT_PACKAGE;
}

function functionsOf({ target, files }: Pick<ImportLink, "target" | "files">): ReadonlyMap<string, ScopedFunction> {
  const [only, ...others] = files;
  return only !== undefined && others.length === 0 ? only.functions : target.sources.functions;
}
