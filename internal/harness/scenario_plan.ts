import { dirname, resolve } from "node:path";
import type { HandlerModules, SpecSet } from "../concept/mod.ts";
import type { Diagnostic } from "../diag/mod.ts";
import { HandlerThreads, handlerModules } from "../handlers/mod.ts";
import type { PluginStepKind, PluginThreads } from "../plugins/mod.ts";
import { type FoundFile, nameFromRoot } from "./discover.ts";
import type { TestOptions } from "./options.ts";
import { type PlannedPrinciple, readPrinciples } from "./principles.ts";
import { goldenOrphans, loadScenario, SpecSets } from "./scenario/mod.ts";
import { runsFlows } from "./scenario_run/mod.ts";
import { type ScenarioBody, scenarioCase, type TestCase } from "./test_case.ts";

/** Reads the scenarios of a run, and remembers what they have in common. */
export class ScenarioPlan {
  /** What cases are run against, by the index that they know it by. */
  readonly specSets: SpecSet[] = [];
  readonly principles: PlannedPrinciple[] = [];
  /** Cases of the scenario at a path. */
  readonly caseCounts = new Map<string, number>();
  /** What keeps files from being run. */
  readonly errors: Diagnostic[] = [];
  readonly #options: TestOptions;
  readonly #nameOf = (path: string): string => nameFromRoot(path, this.#options.root);
  readonly #threads: HandlerThreads;
  readonly #modules: HandlerModules;
  readonly #sets: SpecSets;
  readonly #numbers = new Map<SpecSet, number>();
  /** Findings of specs stand in every scenario that lists them; each is told once. */
  readonly #warnings = new Map<string, Diagnostic>();
  readonly #told = new Set<string>();
  readonly #folders = new Set<string>();
  #found: ReturnType<PluginThreads["kinds"]> | undefined;

  constructor(options: TestOptions) {
    this.#options = options;
    const { openModules: open, watchdogMs } = options;
    this.#threads = new HandlerThreads({ open, watchdogMs });
    this.#modules = handlerModules({ open, threads: this.#threads });
    this.#sets = new SpecSets(this.#nameOf, this.#modules);
  }

  /** The step kinds of plugins, as far as a scenario has asked for them. */
  get plugins(): readonly PluginStepKind[] {
    return this.#found?.kinds ?? [];
  }

  /** The scenarios that the principles of these concept files name. */
  async named(concepts: readonly FoundFile[]): Promise<readonly string[]> {
    for (const concept of concepts) {
      const { principles, errors } = await readPrinciples(concept, this.#nameOf, this.#modules);
      this.principles.push(...principles);
      this.#tell(errors);
    }
    return this.principles.flatMap(({ scenario }) => scenario ?? []);
  }

  /** The cases of a scenario file; none if anything of it is wrong. */
  async cases(found: FoundFile): Promise<TestCase<ScenarioBody>[]> {
    const { cwd } = this.#options;
    const scenario = await loadScenario(found.path, { nameOf: this.#nameOf, cwd, specSets: this.#sets });
    const { findings, cases, specs, path } = scenario;
    this.#tell(findings);
    this.#tell(specs.findings.filter(isToldInRuns));
    this.#folders.add(dirname(path));
    this.caseCounts.set(path, cases.length);
    if (findings.some(({ level }) => level === "error")) return [];
    const principle = this.principles.find((planned) => planned.scenario === path);
    const held = principle === undefined ? undefined : { concept: principle.concept, text: principle.text };
    if (cases.some(runsFlows) && !(await this.#plugins())) return [];
    const number = this.#numberOf(specs);
    return cases.map((spec) => scenarioCase(scenario, spec, number, held));
  }

  /**
   * What belongs to no case.
   * @param golden absolute paths of the folders that have a folder of golden files
   */
  async warnings(golden: readonly string[]): Promise<readonly Diagnostic[]> {
    const orphans = await goldenOrphans([...this.#folders, ...golden], this.#nameOf);
    return [...this.#warnings.values(), ...orphans];
  }

  /** Whether the plugins of the run can be used; they are looked into when the first scenario runs a flow. */
  async #plugins(): Promise<boolean> {
    const { plugins, cwd, openModules: open, watchdogMs } = this.#options;
    if (this.#found === undefined && plugins.length > 0) {
      const { PluginThreads } = await import("../plugins/mod.ts");
      const threads = new PluginThreads({ open, watchdogMs });
      this.#found = threads.kinds(plugins.map((shown) => ({ path: resolve(cwd, shown), shown })));
      threads.close();
      this.#tell(this.#found.findings);
    }
    return this.#found === undefined || this.#found.findings.length === 0;
  }

  /** Ends what evaluated the modules of handlers. */
  [Symbol.dispose](): void {
    this.#threads.close();
  }

  #numberOf(set: SpecSet): number {
    const known = this.#numbers.get(set);
    if (known !== undefined) return known;
    this.#numbers.set(set, this.specSets.length);
    return this.specSets.push(set) - 1;
  }

  #tell(findings: readonly Diagnostic[]): void {
    for (const finding of findings) {
      const key = JSON.stringify(finding);
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      if (finding.level === "error") this.errors.push(finding);
      else this.#warnings.set(key, finding);
    }
  }
}

/**
 * Whether a finding of specs belongs in a run: those that stop it stand in the scenario already. That an action has no body is for
 * `plumb check` (scenarios.md §3, Which body); in a run its cases say what answered instead.
 */
function isToldInRuns({ level, code }: Diagnostic): boolean {
  return level === "warn" && code !== "W_SPEC_UNIMPLEMENTED";
}
