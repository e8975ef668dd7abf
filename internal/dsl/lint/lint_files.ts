import { compileTriggers } from "../compile/mod.ts";
import {
  compareIssues,
  type DslFile,
  type DslIssue,
  type DslKind,
  type DslSource,
  dslIssue,
  dslKind,
  type Reading,
  readDsl,
  stemOf,
} from "../syntax/mod.ts";
import { lintPdl } from "./lint_pdl.ts";
import { lintWdl } from "./lint_wdl.ts";
import { reportTo } from "./report.ts";

/** A file, and what came of reading it. */
export interface LintedFile {
  readonly source: DslSource;
  readonly kind: DslKind;
  readonly reading: Reading<DslFile>;
}

/** What lint needs of the world beside its files. */
export interface LintOptions {
  /** Whether NAME.pdl lies beside a flow, or in a folder `policies` beside its folder (flows §3). Default: it does not. */
  readonly isNear?: (name: string, flow: DslSource) => boolean;
}

/** Reads a file that was named in the language of its suffix, else in that which its first line tells (flows §7). */
export function readLinted(source: DslSource): LintedFile {
  const { path, text } = source;
  const kind = dslKind(path) ?? (/^\uFEFF?version: pdl\//.test(text) ? "pdl" : "wdl");
  if (text.isWellFormed()) return { source, kind, reading: readDsl(source, kind) };
  const message = "the text has half a surrogate pair: no file could hold it";
  return { source, kind, reading: { issue: dslIssue(source, { code: "read-error", message, at: undefined }) } };
}

/**
 * Looks through files (flows §7): all findings, file by file in the order of their paths, in each by line, column and code. A
 * file that could not be read has one.
 */
export function lintFiles(
  files: readonly LintedFile[],
  { isNear = () => false }: LintOptions = {},
): readonly DslIssue[] {
  const sorted = [...files].sort((a, b) => order(a.source.path, b.source.path));
  const stems = new Set(sorted.filter(({ kind }) => kind === "pdl").map(({ source }) => stemOf(source.path)));
  const used = new Set<string>();
  const triggerIds = new Set<string>();
  const found = sorted.map(({ source, reading }) => {
    if ("issue" in reading) return [reading.issue];
    const issues: DslIssue[] = [];
    const report = reportTo(issues, source);
    const { file } = reading;
    if (file.kind === "pdl") lintPdl(file, report);
    else {
      for (const stem of lintWdl(file, { stems, isNear }, report)) used.add(stem);
      issues.push(...compileTriggers(file, triggerIds).issues);
    }
    return issues;
  });
  for (const [index, file] of sorted.entries())
    if (isUnattached(file, sorted, used)) found[index]?.push(unattached(file));
  return found.flatMap((issues) => issues.sort(compareIssues));
}

/** True for a policy that no flow uses, if there are flows and all of them could be read. */
function isUnattached(
  { source, kind, reading }: LintedFile,
  all: readonly LintedFile[],
  used: ReadonlySet<string>,
): boolean {
  if (kind !== "pdl" || "issue" in reading || used.has(stemOf(source.path))) return false;
  const flows = all.filter((other) => other.kind === "wdl");
  return flows.length > 0 && flows.every((flow) => "file" in flow.reading);
}

function unattached({ source }: LintedFile): DslIssue {
  const message = `no flow uses policy ${stemOf(source.path)}`;
  return dslIssue(source, { code: "unattached-policy", level: "warning", at: 0, message });
}

/** By UTF-16 code unit. */
function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
