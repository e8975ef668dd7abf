import { resolve } from "node:path";
import { compareDiagnostics, diagnostic } from "../../diag/mod.ts";
import type { WorkerModules } from "../functions/mod.ts";
import type { AmiPackage, AmiUnit } from "./ami_package.ts";
import { buildPipelines } from "./build_pipelines.ts";
import { type CheckedPackage, checkPackage, firstError } from "./check_package.ts";
import { diskFiles } from "./disk_files.ts";
import { UnitReader, type UnreadFile } from "./folder_units.ts";
import { circularImports, importedBy } from "./import_cycles.ts";
import { type ImportLink, PackageGraph, type PackageNode } from "./package_graph.ts";
import type { SourceFiles } from "./source_files.ts";
import { DEFAULT_PACKAGE } from "./unit.ts";

export interface LoaderOptions {
  /** What findings call the file at an absolute path: its path from the test root, `/`-separated. */
  readonly nameOf: (path: string) => string;
  /** What loads the modules that `#pragma workers` names. */
  readonly modules: WorkerModules;
  /** Default: the files of this machine. */
  readonly files?: SourceFiles;
}

/** Loads and checks packages. Files and packages that several have in common are read and checked once. */
export class PackageLoader {
  readonly #modules: WorkerModules;
  readonly #reader: UnitReader;
  readonly #graph: PackageGraph;
  readonly #checked = new Map<PackageNode, CheckedPackage>();
  readonly #circular = new Set<ImportLink>();

  constructor({ nameOf, modules, files = diskFiles }: LoaderOptions) {
    this.#modules = modules;
    this.#reader = new UnitReader(files, nameOf);
    this.#graph = new PackageGraph(files, this.#reader);
  }

  /**
   * The package of a `.ami` file: the files of its folder with the same package name, test files aside. To a test file belong,
   * if it has source, those of its package name, else all of its folder as one package (pipelines §1, ami-tests §3). Never
   * throws for what the files say; a file that cannot be read is a finding.
   */
  load(path: string): AmiPackage {
    const unit = this.#reader.unit(resolve(path));
    return "fault" in unit ? unreadable(unit) : this.#assemble(this.#graph.packageOfFile(unit));
  }

  /** The packages of a folder by name, without its test files. */
  loadFolder(folder: string): readonly AmiPackage[] {
    return this.#graph.packagesOfFolder(resolve(folder)).map((node) => this.#assemble(node));
  }

  #assemble(entry: PackageNode): AmiPackage {
    const nodes = importedBy(entry);
    for (const link of circularImports(nodes)) this.#reportCircle(link);
    const checked = nodes.map((node) => this.#check(node));
    const shared = firstError(checked.flatMap((node) => node.firstError ?? []));
    const own = this.#check(entry);
    return {
      name: entry.sources.name,
      findings: checked.flatMap(({ diagnostics }) => diagnostics).sort(compareDiagnostics),
      ...buildPipelines(own, shared, this.#modules),
      units: entry.sources.files.map(unitOf),
    };
  }

  #check(node: PackageNode): CheckedPackage {
    const known = this.#checked.get(node);
    if (known !== undefined) return known;
    const checked = checkPackage(node, this.#modules);
    this.#checked.set(node, checked);
    return checked;
  }

  #reportCircle(link: ImportLink): void {
    if (this.#circular.has(link)) return;
    this.#circular.add(link);
    const { path } = link.decl;
    const message = `import ${JSON.stringify(path.text)} closes a circle: what it names imports this in turn`;
    link.from.findings.add("E_IMPORT_CYCLE", message, path);
  }
}

/**
 * Loads and checks the package of one `.ami` file.
 *
 * @example
 * loadPackage("sensors.ami", { nameOf: (path) => relative(root, path), modules }).pipelines.get("Uplink");
 */
export function loadPackage(path: string, options: LoaderOptions): AmiPackage {
  return new PackageLoader(options).load(path);
}

function unreadable({ file, fault: { code, message } }: UnreadFile): AmiPackage {
  const finding = diagnostic({ code, message: `${file} ${message}`, file });
  return { name: DEFAULT_PACKAGE, findings: [finding], pipelines: new Map(), broken: new Map(), units: [] };
}

function unitOf({ unit }: PackageNode["sources"]["files"][number]): AmiUnit {
  const { path, file, name, isTest, lines, tree, pragmas } = unit;
  const pipelines = [...new Set(tree.pipelines.map((decl) => decl.name.text))];
  return { path, file, name, isTest, lines, tree, pragmas, pipelines };
}
