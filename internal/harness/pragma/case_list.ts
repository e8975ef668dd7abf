import type { Diagnostic } from "../../diag/mod.ts";
import { uniqueNames } from "./case_names.ts";
import { isBare, type RuntimeLine, type Section } from "./case_sections.ts";
import type { CaseSpec, RuntimeSpec } from "./cases.ts";
import { byPosition } from "./pragma_source_line.ts";

/**
 * Makes the cases of a file from its sections, in the order of their lines (ami-tests §3). `fileName` is its base name:
 * that of the cases that no `test:case` names.
 */
export function toCases(fileName: string, preamble: Section, sections: readonly Section[]): CaseSpec[] {
  const early = inheriting(preamble.runtimes, undefined);
  // The last early line is the run of the bare sections, if there are any.
  const fallback = sections.some(isBare) ? early.pop() : undefined;

  const drafts = sectionDrafts(preamble, early);
  for (const section of sections) {
    if (isBare(section)) drafts.push(bareDraft(section, fallback));
    else for (const draft of sectionDrafts(section, inheriting(section.runtimes, fallback?.spec))) drafts.push(draft);
  }
  if (drafts.length === 0) drafts.push({ section: preamble, place: preamble, run: undefined });

  const unique = uniqueNames();
  return drafts.map((draft) => toSpec(draft, preamble, fileName, unique));
}

/** A case before it has its name and what the preamble gives to it. */
interface Draft {
  readonly section: Section;
  readonly place: Pick<Section, "line" | "pos">;
  /** Undefined: a directive case. */
  readonly run: Pick<RuntimeLine, "spec" | "findings"> | undefined;
}

/** Lines that name no events take them from the last well-formed line before them, the first ones from `base`. */
function inheriting(runtimes: readonly RuntimeLine[], base: RuntimeSpec | undefined): RuntimeLine[] {
  let last = base;
  return runtimes.map((runtime) => {
    if (runtime.spec === undefined) return runtime;
    const spec = withEventsOf(runtime.spec, last);
    last = spec;
    return spec === runtime.spec ? runtime : { ...runtime, spec };
  });
}

function withEventsOf(spec: RuntimeSpec, base: RuntimeSpec | undefined): RuntimeSpec {
  if (base === undefined || spec.pipeline !== undefined || spec.input !== undefined) return spec;
  const { pipeline, input } = base;
  return { ...spec, ...(pipeline && { pipeline }), ...(input && { input }) };
}

/** The cases of the preamble or of a section that is not bare: one a runtime line, and one of all directives. */
function sectionDrafts(section: Section, runtimes: readonly RuntimeLine[]): Draft[] {
  const drafts: Draft[] = runtimes.map((run) => ({ section, place: run, run }));
  const pos = section.directives[0]?.pos;
  if (pos === undefined) return drafts;
  const next = runtimes.findIndex(({ line }) => line > pos.line);
  const draft = { section, place: { line: pos.line, pos }, run: undefined };
  return drafts.toSpliced(next < 0 ? drafts.length : next, 0, draft);
}

/** The one case of a bare section: the preamble's run, else one without events, else one that expects no errors. */
function bareDraft(section: Section, fallback: RuntimeLine | undefined): Draft {
  const stores = section.fixtures.length > 0 || section.kv.length > 0;
  const empty = stores ? { spec: { timeoutMs: 0, emit: false }, findings: [] } : undefined;
  return { section, place: section, run: fallback ?? empty };
}

function toSpec(
  { section, place, run }: Draft,
  preamble: Section,
  fileName: string,
  unique: (name: string) => string,
): CaseSpec {
  const outer = section === preamble ? undefined : preamble;
  const name = section.name ?? fileName;
  const skip = section.skip ?? outer?.skip;
  const findings = byPlace(byPlace(outer?.findings, section.findings), run?.findings);
  const shared = { name, case: unique(name), line: place.line, pos: place.pos, ...(skip !== undefined && { skip }) };
  if (run === undefined) {
    const { directives } = section;
    const bare = directives.length === 0;
    return { ...shared, kind: "directive", findings, directives, fixtures: [], kv: [], bare };
  }
  return {
    ...shared,
    kind: "pragma",
    findings,
    ...(run.spec && { runtime: run.spec }),
    directives: [],
    fixtures: joined(outer?.fixtures, section.fixtures),
    kv: joined(outer?.kv, section.kv),
    bare: false,
  };
}

/** Both lists, each by position, in one. Where one is empty it is the other itself: the cases of a file share lists. */
function byPlace(a: readonly Diagnostic[] = [], b: readonly Diagnostic[] = []): readonly Diagnostic[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : byPosition([...a, ...b]);
}

function joined<T>(a: readonly T[] = [], b: readonly T[] = []): readonly T[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...a, ...b];
}
