import { resolve } from "node:path";
import { type BoundModule, checkFunctions, isModuleFault, type WorkerModules, WorkerNames } from "../functions/mod.ts";
import { type ErrorDecl, Findings, type PipelineDecl, type Suggestions } from "../syntax/mod.ts";
import { type CheckedBody, checkBody, type FileContext } from "./check_body.ts";
import { knownMissing } from "./known_missing.ts";
import type { PackageFile } from "./package_sources.ts";

/** A pipeline of a file, checked. */
export interface CheckedPipeline {
  readonly decl: PipelineDecl;
  readonly body: CheckedBody;
  /** Its own error block, else that of the file. */
  readonly error: CheckedBody | undefined;
}

/** A file, checked. */
export interface CheckedFile {
  readonly file: PackageFile;
  /** In source order. */
  readonly pipelines: readonly CheckedPipeline[];
  /** Of its syntax, pragmas, imports and functions: whatever is wrong here, none of its pipelines runs. */
  readonly findings: Findings;
  /** Of worker modules that cannot be loaded: only pipelines whose workers are in them do not run. */
  readonly moduleFindings: Findings;
  /** Of error blocks at the top of the file. */
  readonly errorBlocks: readonly CheckedBody[];
}

/** What the checks of a file need besides it. */
export interface CheckOptions {
  readonly modules: WorkerModules;
  readonly suggestions: Suggestions;
  /** Declarations of the package, or of one that it imports, could not be read: names may be missing. */
  readonly incomplete: boolean;
}

/** Checks all that a file declares (pipelines §2–§4, §9–§12). */
export function checkFile(file: PackageFile, options: CheckOptions): CheckedFile {
  const { unit, scope } = file;
  const { modules, suggestions, incomplete } = options;
  const findings = new Findings();
  const moduleFindings = new Findings();
  findings.addAll(unit.findings);
  findings.addAll(file.findings.list);
  findings.addAll(knownMissing(checkFunctions(unit.tree.funcs, scope, suggestions), incomplete));
  const bound = bindModules(file, modules, findings, moduleFindings);
  const names = new WorkerNames(scope, bound, incomplete);
  const context: FileContext = { text: unit.lines.text, pragmas: unit.pragmas, names, suggestions };

  const check = ({ keyword, body }: PipelineDecl | ErrorDecl, isError: boolean): CheckedBody =>
    checkBody(body, { keyword, isError }, context);
  const [, ...more] = unit.tree.errors;
  for (const { keyword } of more) {
    findings.add("E_PARSE", "expected one error block at the top of a file, got another", keyword);
  }
  const errorBlocks = unit.tree.errors.map((decl) => check(decl, true));
  const pipelines = unit.tree.pipelines.map((decl): CheckedPipeline => {
    const own = decl.body.error;
    return { decl, body: check(decl, false), error: own === undefined ? errorBlocks[0] : check(own, true) };
  });
  return { file, pipelines, findings, moduleFindings, errorBlocks };
}

/** The worker modules of a file, each loaded; an untrusted file has none (pipelines §1). */
function bindModules(
  { unit }: PackageFile,
  modules: WorkerModules,
  findings: Findings,
  moduleFindings: Findings,
): readonly BoundModule[] {
  const bound: BoundModule[] = [];
  for (const pragma of unit.pragmas.modules) {
    if (unit.pragmas.trust === "untrusted") {
      findings.add("E_TRUST_VIOLATION", "an untrusted file cannot bind worker modules", pragma);
      continue;
    }
    const path = resolve(unit.folder, pragma.text);
    const exports = modules.exports(path, unit.pragmas.capabilities);
    if (isModuleFault(exports)) moduleFindings.add(exports.code, exports.message, pragma);
    bound.push({ shown: pragma.text, path, exports });
  }
  return bound;
}
