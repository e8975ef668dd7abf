import { resolve } from "node:path";
import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import { FileError, readTextFile } from "../files/mod.ts";
import type { YamlFindings, YamlNode } from "../yaml/mod.ts";
import { Catalog } from "./catalog.ts";
import { checkConcept } from "./check_concept.ts";
import type { Concept } from "./concept.ts";
import { checkDistinct } from "./distinct.ts";
import type { HandlerModules } from "./handler_modules.ts";
import { type ConceptText, readConcept } from "./read_concept.ts";
import { readSpecFile } from "./read_spec_file.ts";
import { readSync } from "./read_sync.ts";
import { specFilesAt } from "./spec_files.ts";
import type { HashedFile } from "./spec_hash.ts";
import { SqlProbe } from "./sql_probe.ts";
import type { Sync } from "./sync.ts";
import { syncWarnings } from "./sync_graph.ts";

/** All specs of a run or check, in load order. If any finding is an error, nothing of it may be run. */
export interface SpecSet {
  readonly concepts: readonly Concept[];
  readonly syncs: readonly Sync[];
  /** Spec and handler files, each once, in load order. */
  readonly files: readonly HashedFile[];
  /** By load order of the files, in each by position. */
  readonly findings: readonly Diagnostic[];
}

export interface LoadOptions {
  /** Where relative paths start. */
  readonly baseDir: string;
  /** What findings call a file, from its absolute path. */
  readonly nameOf: (path: string) => string;
  /** Looks into handler modules; whether they may import the host is its decision (scenarios.md §3, Handlers). */
  readonly modules: HandlerModules;
}

/**
 * Loads and checks concept and sync specs (scenarios.md §2–§4) and compiles them to plain data. Nothing of them is executed.
 *
 * @param paths files, and folders that stand for every spec file below them; load order is their order, then document order
 */
export async function loadSpecs(paths: readonly string[], options: LoadOptions): Promise<SpecSet> {
  const { baseDir, nameOf, modules } = options;
  const order: string[] = [];
  const unfound: Diagnostic[] = [];
  for (const given of paths) {
    const path = resolve(baseDir, given);
    const found = specFilesAt(path);
    if (isPaths(found)) order.push(...found);
    else
      unfound.push(diagnostic({ code: found.code, message: `${nameOf(path)}: ${found.message}`, file: nameOf(path) }));
  }
  const loading = new Loading(modules);
  for (const path of new Set(order)) await loading.read(path, nameOf(path));
  const set = loading.finish();
  return { ...set, findings: [...unfound, ...set.findings] };
}

function isPaths(found: ReturnType<typeof specFilesAt>): found is readonly string[] {
  return Array.isArray(found);
}

interface Document {
  readonly node: YamlNode;
  readonly findings: YamlFindings;
}

class Loading {
  readonly #modules: HandlerModules;
  readonly #concepts: ConceptText[] = [];
  readonly #syncs: Document[] = [];
  readonly #files: HashedFile[] = [];
  /** Of each file, in load order. */
  readonly #findings: YamlFindings[] = [];
  #isPartial = false;

  constructor(modules: HandlerModules) {
    this.#modules = modules;
  }

  async read(path: string, name: string): Promise<void> {
    const file = await readSpecFile(path, name);
    this.#findings.push(file.findings);
    if (file.sha256 !== undefined) this.#files.push({ path, sha256: file.sha256 });
    if (!file.isReadable) this.#isPartial = true;
    for (const { kind, node } of file.documents) {
      if (kind === "sync") {
        this.#syncs.push({ node, findings: file.findings });
        continue;
      }
      const concept = readConcept(node, path, file.findings);
      if (concept === undefined) this.#isPartial = true;
      else this.#concepts.push(concept);
    }
  }

  finish(): SpecSet {
    const owners = checkDistinct(this.#concepts);
    const concepts = this.#concepts.map((text) => checkConcept(text, owners, this.#modules, this.#concepts));
    const catalog = new Catalog(concepts, this.#isPartial);
    const syncs = this.#readSyncs(concepts, owners, catalog);
    const whole = syncWarnings(syncs, catalog);
    const findings = this.#findings.flatMap(({ file, all }) => {
      const ofFile = [...all, ...whole.filter((warning) => warning.file === file)];
      // What an anchor names is read wherever an alias stands; what is wrong with it is told once.
      const distinct = [...new Map(ofFile.map((finding) => [JSON.stringify(finding), finding])).values()];
      return distinct.toSorted((a, b) => (a.pos?.offset ?? 0) - (b.pos?.offset ?? 0));
    });
    return { concepts, syncs, files: [...this.#files, ...handlerFiles(concepts, this.#files)], findings };
  }

  #readSyncs(concepts: readonly Concept[], owners: ReadonlyMap<string, string>, catalog: Catalog): readonly Sync[] {
    const tables = concepts.flatMap((concept) => concept.tables);
    const probe = new SqlProbe(tables, owners);
    try {
      const names = new Set<string>();
      return this.#syncs.flatMap(({ node, findings }): readonly Sync[] => {
        const sync = readSync(node, catalog, probe, findings);
        if (sync === undefined) return [];
        if (names.has(sync.name)) {
          const start = findings.source.indexAt(sync.pos.line, sync.pos.column);
          findings.add("E_SPEC_DUPLICATE", `there is a sync ${sync.name} already`, start);
          return [];
        }
        names.add(sync.name);
        return [sync];
      });
    } finally {
      probe.close();
    }
  }
}

/** Handler modules that can be read; where one cannot, that is a finding already. */
function handlerFiles(concepts: readonly Concept[], known: readonly HashedFile[]): readonly HashedFile[] {
  const paths = new Set(concepts.flatMap(({ handlers }) => handlers ?? []));
  return [...paths].flatMap((path): readonly HashedFile[] => {
    if (known.some((file) => file.path === path)) return [];
    try {
      return [{ path, sha256: Bun.SHA256.hash(readTextFile(path), "hex") }];
    } catch (error) {
      if (error instanceof FileError) return [];
      throw error;
    }
  });
}
