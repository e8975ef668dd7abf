import { dirname } from "node:path";
import { type AmiPackage, PackageLoader, type PipelineGraph, type WorkerModules } from "../ami/mod.ts";
import type { Diagnostic } from "../diag/mod.ts";
import { nameFromRoot } from "./discover.ts";
import type { CaseFile } from "./file_loader.ts";

/** What the cases of a test file know of `.ami` source (ami-tests §3, known pipelines). */
export interface KnownSource {
  /** The names of the known pipelines, those that cannot run too. */
  readonly names: ReadonlySet<string>;
  readonly pipelines: ReadonlyMap<string, PipelineGraph>;
  /** Findings that keep every runtime case of the file from running: syntax errors, unknown pragmas of the file itself. */
  readonly fatal: readonly Diagnostic[];
  /** The first error of the checks that concerns a known pipeline. */
  errorOf(pipeline: string): Diagnostic | undefined;
  /** The findings in the test file alone, which directives look at. */
  readonly own: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
}

const NOTHING: KnownSource = {
  names: new Set(),
  pipelines: new Map(),
  fatal: [],
  errorOf: () => undefined,
  own: [],
  warnings: [],
};

/** Errors of a worker module concern the pipelines that use it, and no other (ami-tests acceptance, row 38). */
const OF_ONE_PIPELINE: ReadonlySet<string> = new Set(["E_WORKER_IO"]);

/** Loads and checks the packages of test files, each once in a thread. */
export class Packages {
  readonly #loader: PackageLoader;
  readonly #known = new Map<string, KnownSource>();

  constructor(root: string, modules: WorkerModules) {
    this.#loader = new PackageLoader({ nameOf: (path) => nameFromRoot(path, root), modules });
  }

  of(source: CaseFile): KnownSource {
    if (!source.needsSource) return NOTHING;
    // Test files without anything of their own share what their folder has.
    const key = source.hasSource ? source.path : dirname(source.path);
    const known = this.#known.get(key) ?? knownOf(this.#loader.load(source.path), source.file);
    this.#known.set(key, known);
    return known;
  }
}

function knownOf({ pipelines, broken, findings }: AmiPackage, file: string): KnownSource {
  const errors = findings.filter(({ level }) => level === "error");
  const own = findings.filter((finding) => finding.file === file);
  const fatal = errors.filter(
    ({ code, file: at }) => code === "E_PARSE" || (code === "E_PRAGMA_UNKNOWN" && at === file),
  );
  const ofAll = errors.find(({ code }) => !OF_ONE_PIPELINE.has(code));
  return {
    names: new Set([...pipelines.keys(), ...broken.keys()]),
    pipelines,
    fatal,
    errorOf: (pipeline) => ofAll ?? broken.get(pipeline),
    own,
    warnings: findings.filter(({ level }) => level === "warn"),
  };
}
