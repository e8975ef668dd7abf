import { dirname } from "node:path";
import { type HandlerModules, loadSpecs } from "../concept/mod.ts";
import type { Diagnostic } from "../diag/mod.ts";
import type { FoundFile } from "./discover.ts";
import type { Principle, Totals } from "./records.ts";

/** A principle of a concept file that was given by name (scenarios.md §3). */
export interface PlannedPrinciple extends Principle {
  /** Absolute path of the scenario that it names. */
  readonly scenario: string | undefined;
}

/** What a concept file says of itself. */
export interface ConceptPrinciples {
  readonly principles: readonly PlannedPrinciple[];
  /** Its errors: then its principles are not there. */
  readonly errors: readonly Diagnostic[];
}

/** Reads the principles of a concept file; what is wrong with it keeps all of them from running. */
export async function readPrinciples(
  { path }: FoundFile,
  nameOf: (path: string) => string,
  modules: HandlerModules,
): Promise<ConceptPrinciples> {
  const { concepts, findings } = await loadSpecs([path], { baseDir: dirname(path), nameOf, modules });
  const errors = findings.filter(({ level }) => level === "error");
  if (errors.length > 0) return { principles: [], errors };
  const principles = concepts.flatMap(({ name, principles: all }) =>
    all.map(({ text, scenario }) => ({ concept: name, text, scenario })),
  );
  return { principles, errors };
}

/** Counts what becomes of principles as cases end. */
export class PrincipleTally {
  readonly #principles: readonly PlannedPrinciple[];
  readonly #cases: ReadonlyMap<string, number>;
  readonly #passed = new Map<string, number>();
  readonly #broken = new Set<string>();

  /** @param cases how many cases the scenario at a path has, whether they are selected or not */
  constructor(principles: readonly PlannedPrinciple[], cases: ReadonlyMap<string, number>) {
    this.#principles = principles;
    this.#cases = cases;
  }

  /** A case of the scenario at `path` has ended. */
  ended(path: string, status: "pass" | "fail" | "skip"): void {
    if (status === "pass") this.#passed.set(path, (this.#passed.get(path) ?? 0) + 1);
    if (status === "fail") this.#broken.add(path);
  }

  totals(): NonNullable<Totals["principles"]> {
    const totals = { held: 0, broken: 0, untested: 0 };
    for (const { scenario } of this.#principles) totals[this.#fateOf(scenario)] += 1;
    return totals;
  }

  #fateOf(scenario: string | undefined): "held" | "broken" | "untested" {
    if (scenario === undefined) return "untested";
    if (this.#broken.has(scenario)) return "broken";
    const passed = this.#passed.get(scenario) ?? 0;
    return passed > 0 && passed === this.#cases.get(scenario) ? "held" : "untested";
  }
}
