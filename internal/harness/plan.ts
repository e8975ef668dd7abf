import type { SpecSet } from "../concept/mod.ts";
import { compareDiagnostics, type Diagnostic, diagnostic } from "../diag/mod.ts";
import type { PluginStepKind } from "../plugins/mod.ts";
import type { Wall } from "../world/mod.ts";
import { discover, type FoundFile, withScenarios } from "./discover.ts";
import { FileLoader, LoadError } from "./file_loader.ts";
import { KnownFailing } from "./known_failing.ts";
import type { TestOptions } from "./options.ts";
import type { PlannedPrinciple } from "./principles.ts";
import { isScenarioFile } from "./scenario/mod.ts";
import { ScenarioPlan } from "./scenario_plan.ts";
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
  /** What the cases of scenarios are run against; they know it by its index. */
  readonly specSets: readonly SpecSet[];
  /** The step kinds of plugins, where some scenario runs a flow. */
  readonly plugins: readonly PluginStepKind[];
  /** The principles of the concept files that were named; undefined: none was. */
  readonly principles: readonly PlannedPrinciple[] | undefined;
  /** How many cases the scenario at a path has, whether they are selected or not. */
  readonly scenarioCases: ReadonlyMap<string, number>;
  /** Files and folders that could not be read or hold errors, by path: exit 2. */
  readonly loadErrors: readonly Diagnostic[];
  /** Warnings that belong to no case. */
  readonly warnings: readonly Diagnostic[];
}

/** Finds and reads the test files and selects their cases. Throws a PathError for a bad PATH. */
export async function planTests(options: TestOptions, wall: Wall): Promise<Plan> {
  const { root, cwd } = options;
  const { files, concepts, goldenBeside, unreadable } = discover(options.paths, cwd, root);
  const loadErrors = unreadable.map(({ file, reason }) =>
    diagnostic({ code: "E_FILE_READ", message: `folder ${file} cannot be read: ${reason}`, file }),
  );
  using scenarios = new ScenarioPlan(options);
  const named = await scenarios.named(concepts);
  const known = new KnownFailing(options.knownFailing ?? []);
  const loader = new FileLoader();
  const all: PlannedCase[] = [];
  for (const found of withScenarios(files, named, root)) {
    const cases = isScenarioFile(found.file) ? await scenarios.cases(found) : pragmaCases(loader, found, loadErrors);
    for (const testCase of cases) all.push({ ...testCase, knownFailing: known.matches(testCase.identity.id) });
    // Reading many files takes a while; a signal must not wait for its end.
    await wall.yieldToEvents();
  }
  loadErrors.push(...scenarios.errors);
  loadErrors.sort(compareDiagnostics);
  const unused = known
    .unused()
    .map(({ glob, file, pos }) =>
      diagnostic({ level: "warn", code: "W_KNOWN_UNUSED", message: `${glob} matches no case`, file, pos }),
    );
  return {
    cases: shardOf(matching(all, options.run), options.shard),
    specSets: scenarios.specSets,
    plugins: scenarios.plugins,
    principles: concepts.length === 0 ? undefined : scenarios.principles,
    scenarioCases: scenarios.caseCounts,
    loadErrors,
    warnings: [...(await scenarios.warnings(goldenBeside)), ...unused],
  };
}

function pragmaCases(loader: FileLoader, found: FoundFile, errors: Diagnostic[]): TestCase[] {
  try {
    const { caseFile, cases } = loader.load(found);
    return cases.map((spec) => pragmaCase(caseFile, spec));
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    errors.push(error.diagnostic);
    return [];
  }
}
