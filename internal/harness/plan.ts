import { type Diagnostic, diagnostic } from "../diag/mod.ts";
import type { Wall } from "../world/mod.ts";
import { discover, type FoundFile } from "./discover.ts";
import { FileLoader, LoadError, type LoadedFile } from "./file_loader.ts";
import { KnownFailing } from "./known_failing.ts";
import type { TestOptions } from "./options.ts";
import { matching, shardOf } from "./select.ts";
import { pragmaCase, type TestCase } from "./test_case.ts";

/** A case that a run will execute or skip, in its place in the stable order. */
export interface PlannedCase extends TestCase {
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
export async function planTests(options: TestOptions, wall: Wall): Promise<Plan> {
  const { files, unreadable } = discover(options.paths, options.cwd, options.root);
  const loadErrors = unreadable.map(({ file, reason }) =>
    diagnostic({ code: "E_FILE_READ", message: `folder ${file} cannot be read: ${reason}`, file }),
  );
  const known = new KnownFailing(options.knownFailing ?? []);
  const loader = new FileLoader();
  const all: PlannedCase[] = [];
  for (const found of files) {
    const loaded = loadOrReport(loader, found, loadErrors);
    for (const spec of loaded?.cases ?? []) {
      if (loaded === undefined) break;
      const testCase = pragmaCase(loaded.caseFile, spec);
      all.push({ ...testCase, knownFailing: known.matches(testCase.identity.id) });
    }
    // Reading many files takes a while; a signal must not wait for its end.
    await wall.yieldToEvents();
  }
  loadErrors.sort((a, b) => compare(a.file ?? "", b.file ?? ""));
  const warnings = known
    .unused()
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
