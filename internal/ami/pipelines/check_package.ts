import { compareDiagnostics, type Diagnostic, diagnostic } from "../../diag/mod.ts";
import type { WorkerModules } from "../functions/mod.ts";
import { isWarning, Suggestions, type SyntaxFinding } from "../syntax/mod.ts";
import type { CheckedBody } from "./check_body.ts";
import { type CheckedFile, type CheckedPipeline, checkFile } from "./check_file.ts";
import type { PackageNode } from "./package_graph.ts";
import { toDiagnostic } from "./to_diagnostic.ts";

/** A package with the findings of its own files. */
export interface CheckedPackage {
  readonly node: PackageNode;
  readonly files: readonly CheckedFile[];
  /** In order, without the warnings that a file disables. */
  readonly diagnostics: readonly Diagnostic[];
  /** The first error that is not about one pipeline: none of the package's pipelines can run with it. */
  readonly firstError: Diagnostic | undefined;
}

/** Checks the files of a package, those that it imports aside. */
export function checkPackage(node: PackageNode, modules: WorkerModules): CheckedPackage {
  const suggestions = new Suggestions();
  const incomplete = lacksNames(node) || node.links.some(({ target }) => lacksNames(target));
  const files = node.sources.files.map((file) => checkFile(file, { modules, suggestions, incomplete }));
  const unread = node.unread.map(({ file, fault: { code, message } }) =>
    diagnostic({ code, message: `${file} ${message}`, package: node.sources.name, file }),
  );
  const shared = files.flatMap((file) => recordsOf(file, file.findings.list, node));
  const others = files.flatMap((file) => recordsOf(file, ownFindings(file), node));
  return {
    node,
    files,
    diagnostics: [...unread, ...shared, ...others].sort(compareDiagnostics),
    firstError: firstError([...unread, ...shared]),
  };
}

/** The first error that keeps a pipeline from running, besides those of {@link CheckedPackage.firstError}. */
export function pipelineError(
  { body, error }: CheckedPipeline,
  file: CheckedFile,
  { node }: CheckedPackage,
): Diagnostic | undefined {
  const bodies = error === undefined ? [body] : [body, error];
  const lists = bodies.map(({ findings }) => findings.list);
  if (bodies.some(({ resolved }) => !resolved)) lists.push(file.moduleFindings.list);
  return firstError(recordsOf(file, lists.flat(), node));
}

/** The first of several errors, in the order of findings. */
export function firstError(records: readonly Diagnostic[]): Diagnostic | undefined {
  let first: Diagnostic | undefined;
  for (const record of records) {
    if (record.level !== "error") continue;
    if (first === undefined || compareDiagnostics(record, first) < 0) first = record;
  }
  return first;
}

function* ownFindings({ pipelines, errorBlocks, moduleFindings }: CheckedFile): Iterable<SyntaxFinding> {
  yield* moduleFindings.list;
  const bodies = new Set<CheckedBody>(errorBlocks);
  for (const { body, error } of pipelines) {
    bodies.add(body);
    if (error !== undefined) bodies.add(error);
  }
  for (const { findings } of bodies) yield* findings.list;
}

function recordsOf({ file }: CheckedFile, findings: Iterable<SyntaxFinding>, { sources }: PackageNode): Diagnostic[] {
  const { unit } = file;
  const records: Diagnostic[] = [];
  for (const finding of findings) {
    if (isWarning(finding.code) && unit.pragmas.disabled.has(finding.code)) continue;
    records.push(toDiagnostic(finding, unit, sources.name));
  }
  return records;
}

function lacksNames({ sources, unread }: PackageNode): boolean {
  return unread.length > 0 || sources.files.some(({ unit }) => unit.incomplete);
}
