import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import { discover, type FoundFile } from "./discover.ts";
import { type CaseFile, FileLoader, LoadError, type LoadedFile } from "./file_loader.ts";
import { globMatcher } from "./known_failing.ts";
import type { TestOptions } from "./options.ts";
import type { CaseSpec } from "./pragma/mod.ts";
import { matching, shardOf } from "./select.ts";

/** A case that a run will execute or skip, in its place in the stable order. */
export interface PlannedCase {
  readonly id: string;
  readonly caseFile: CaseFile;
  readonly spec: CaseSpec;
  /** A glob of `--known-failing` matches it. */
  readonly knownFailing: boolean;
}

/** What a run is going to do. */
export interface Plan {
  readonly cases: readonly PlannedCase[];
  /** Files and folders that could not be read, by path: exit 2. */
  readonly loadErrors: readonly Diagnostic[];
  /** Warnings that belong to no case. */
  readonly warnings: readonly Diagnostic[];
}

/** Finds and reads the test files and selects their cases. Throws a PathError for a bad PATH. */
export function planTests(options: TestOptions): Plan {
  const { files, unreadable } = discover(options.paths, options.cwd, options.root);
  const loadErrors = unreadable.map(({ file, reason }) =>
    diagnostic({ code: "E_FILE_READ", message: `folder ${file} cannot be read: ${reason}`, file }),
  );
  const known = (options.knownFailing ?? []).map((entry) => ({
    ...entry,
    matches: globMatcher(entry.glob),
    used: false,
  }));
  const loader = new FileLoader();
  const all: PlannedCase[] = [];
  for (const found of files) {
    const loaded = loadOrReport(loader, found, loadErrors);
    if (loaded === undefined) continue;
    for (const spec of loaded.cases) {
      const id = `${found.file}::${spec.case}`;
      const globs = known.filter(({ matches }) => matches(id));
      for (const glob of globs) glob.used = true;
      all.push({ id, caseFile: loaded.caseFile, spec, knownFailing: globs.length > 0 });
    }
  }
  loadErrors.sort((a, b) => compare(a.file ?? "", b.file ?? ""));
  const warnings = known
    .filter(({ used }) => !used)
    .map(({ glob, file, pos }) =>
      diagnostic({ level: "warn", code: "W_KNOWN_UNUSED", message: `${glob} matches no case`, file, pos }),
    );
  return { cases: shardOf(matching(all, options.run), options.shard), loadErrors, warnings };
}

function loadOrReport(loader: FileLoader, found: FoundFile, errors: Diagnostic[]): LoadedFile | undefined {
  try {
    return loader.load(found);
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    errors.push(error.diagnostic);
    return undefined;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
