import type { Position } from "../diag/mod.ts";
import type { CaseFile } from "./file_loader.ts";
import type { CaseSpec } from "./pragma/mod.ts";
import type { CaseKind, Principle } from "./records.ts";
import type { ScenarioFile, ScenarioSpec } from "./scenario/mod.ts";

/** Who a case is, whatever kind it is of: what its records say of it. */
export interface CaseIdentity {
  /** `<file>::<case>`: it also seeds the case's chance, so it is made in one place only. */
  readonly id: string;
  readonly package: string;
  readonly name: string;
  /** The name, with `#2`, `#3` … where it is repeated in the file. */
  readonly case: string;
  /** From the test root. */
  readonly file: string;
  readonly line: number;
  readonly kind: CaseKind;
  /** The operational principle that it is to hold, if a concept was named that says so. */
  readonly principle?: Principle;
}

/** A case of a `*_test.ami` file. */
export interface PragmaBody {
  readonly kind: "pragma";
  readonly spec: CaseSpec;
}

/** A case of a `*.scenario.yaml` file. */
export interface ScenarioBody {
  readonly kind: "scenario";
  readonly spec: ScenarioSpec;
  /** Which spec set of the run it is run against: a thread gets a set once, not with every case. */
  readonly specs: number;
}

/** A case that can be run; plain data, posted to worker threads. */
export interface TestCase<Body = PragmaBody | ScenarioBody> {
  readonly identity: CaseIdentity;
  readonly source: CaseFile;
  /** Where what happens to the case as a whole is reported. */
  readonly pos: Position;
  /** It needs scratch copies of files. */
  readonly writesFiles: boolean;
  readonly body: Body;
}

/** The case that a section of a test file makes. */
export function pragmaCase(source: CaseFile, spec: CaseSpec): TestCase<PragmaBody> {
  const { file, package: pkg } = source;
  const { name, line, kind } = spec;
  const identity = { id: `${file}::${spec.case}`, package: pkg, name, case: spec.case, file, line, kind };
  const writesFiles = spec.fixtures.some(({ mode }) => mode === "rw");
  return { identity, source, pos: spec.pos, writesFiles, body: { kind: "pragma", spec } };
}

/** A case of a scenario file; its id has the case behind the name (scenarios.md §7). */
export function scenarioCase(
  { file, path, package: pkg }: ScenarioFile,
  spec: ScenarioSpec,
  specs: number,
  principle: Principle | undefined,
): TestCase<ScenarioBody> {
  const { title, pos } = spec;
  const base = { id: `${file}::${title}`, package: pkg, name: title, case: title, file, line: pos.line } as const;
  const identity = { ...base, kind: "scenario", ...(principle === undefined ? {} : { principle }) } as const;
  const source = { path, file, package: pkg, shared: NOTHING_SHARED, hasSource: false, needsSource: false };
  return { identity, source, pos, writesFiles: false, body: { kind: "scenario", spec, specs } };
}

const NOTHING_SHARED: ReadonlySet<string> = new Set();
