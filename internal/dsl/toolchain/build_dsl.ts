import { type Compiled, type CompileOptions, compileFiles } from "../compile/mod.ts";
import {
  allSteps,
  appliesPolicy,
  type DslFile,
  type DslIssue,
  type DslKind,
  type DslSource,
  type Reading,
  readDsl,
  stemOf,
  type WdlFile,
} from "../syntax/mod.ts";

/** A file of a call, and the language that it is in. */
export interface DslInput {
  readonly source: DslSource;
  readonly kind: DslKind;
}

/** A file as it was read. */
export interface ReadInput extends DslInput {
  readonly reading: Reading<DslFile>;
}

/** Finds a policy that an option names and that is not among the files; undefined: it is nowhere (flows §3). */
export type FindPolicy = (name: string, flow: DslSource) => DslSource | DslIssue | undefined;

/** Finds what is wrong with files, parse errors included. */
export type Linter = (inputs: readonly ReadInput[]) => readonly DslIssue[];

export interface BuildOptions extends CompileOptions {
  /** None: only what keeps the files from being compiled is told. */
  readonly lint?: Linter | undefined;
  readonly findPolicy?: FindPolicy | undefined;
}

/** Reads files, lints them unless that is not wanted, and compiles them: all artifacts, or none where anything is an error. */
export function buildDsl(inputs: readonly DslInput[], options: BuildOptions): Compiled {
  const given = inputs.map((input) => ({ ...input, reading: readDsl(input.source, input.kind) }));
  const found = options.findPolicy === undefined ? [] : missingPolicies(given, options.findPolicy);
  const policies = found.flatMap((policy) => ("text" in policy ? [policy] : []));
  const all = [
    ...given,
    ...policies.map((source): ReadInput => ({ source, kind: "pdl", reading: readDsl(source, "pdl") })),
  ];
  const issues = [
    ...found.flatMap((policy) => ("text" in policy ? [] : [policy])),
    ...(options.lint ?? parseIssues)(all),
  ];
  if (issues.some(({ level }) => level === "error")) return { artifacts: [], issues };
  const files = all.flatMap(({ reading }) => ("file" in reading ? [reading.file] : []));
  const compiled = compileFiles(files, options);
  return { artifacts: compiled.artifacts, issues: [...issues, ...compiled.issues] };
}

/** The findings of files that could not be read. */
function parseIssues(inputs: readonly ReadInput[]): readonly DslIssue[] {
  return inputs.flatMap(({ reading }) => ("issue" in reading ? [reading.issue] : []));
}

/** The policies that flows name and that are not among the files, each file once. */
function missingPolicies(inputs: readonly ReadInput[], find: FindPolicy): readonly (DslSource | DslIssue)[] {
  const stems = new Set(inputs.flatMap(({ kind, source }) => (kind === "pdl" ? [stemOf(source.path)] : [])));
  const found = new Map<string, DslSource | DslIssue>();
  for (const { reading } of inputs) {
    if (!("file" in reading) || reading.file.kind !== "wdl") continue;
    for (const name of namedPolicies(reading.file)) {
      const policy = stems.has(name) ? undefined : find(name, reading.file.source);
      if (policy !== undefined && !found.has(policy.path)) found.set(policy.path, policy);
    }
  }
  return [...found.values()];
}

/** The policies that the steps of a flow name, each once. */
function namedPolicies({ steps }: WdlFile): ReadonlySet<string> {
  const named = allSteps(steps).flatMap((step) =>
    step.kind === "call" && appliesPolicy(step) ? (step.policy?.name.text ?? []) : [],
  );
  return new Set(named);
}
