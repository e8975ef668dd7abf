import { isTerminal, UsageError } from "../../internal/cli/mod.ts";
import { diagnostic, EXIT, type ExitCode, errorText } from "../../internal/diag/mod.ts";
import {
  type Artifact,
  artifactText,
  buildDsl,
  type DslInput,
  type DslIssue,
  lintFiles,
  type OutOptions,
  OutputExists,
  writeOutFolder,
} from "../../internal/dsl/mod.ts";
import { nameFromRoot } from "../../internal/files/mod.ts";
import { wall } from "../../internal/world/mod.ts";
import type { Terminal } from "./command.ts";
import { writeIssues } from "./dsl_issue_lines.ts";
import { dslPaths, noFiles, skipped } from "./dsl_paths.ts";
import { DslSources } from "./dsl_sources.ts";
import { tellProblem } from "./tell_problem.ts";

/** A compile into an out directory. */
export interface DslBuild extends OutOptions {
  readonly paths: readonly string[];
  /** Absolute. */
  readonly out: string;
  readonly emitIr: boolean;
  readonly lint: boolean;
}

/** What was written, or the exit code of what kept it from being written: that has been told on stderr. */
export type DslBuilt = { readonly artifacts: readonly Artifact[] } | { readonly exit: ExitCode };

/**
 * Compiles files into an out directory (flows §8): for `plumb dsl compile`, and for `plumb verify online --sources`.
 *
 * @throws UsageError for a path that does not exist, an out directory that cannot be written, and a bad SOURCE_DATE_EPOCH
 */
export function buildInto(build: DslBuild, terminal: Terminal): DslBuilt {
  const generatedAt = generationTime(terminal.env.SOURCE_DATE_EPOCH);
  const { inputs, issues, sources } = readInputs(build.paths, terminal);
  if (inputs.length + issues.length === 0) {
    tellProblem(noFiles(build.paths, terminal.cwd), terminal);
    return { exit: EXIT.usage };
  }
  const { emitIr } = build;
  const lint = build.lint ? lintFiles : undefined;
  const built = buildDsl(inputs, { emitIr, generatedAt, findPolicy: sources.findPolicy, lint });
  const all = [...issues, ...built.issues];
  const { err, errStyle } = terminal;
  writeIssues(err, all, { style: errStyle, rich: isTerminal(2), lines: (file) => sources.lines(file) });
  const errors = all.filter(({ level }) => level === "error");
  if (errors.length > 0) return { exit: errors.some(isInvalidIr) ? EXIT.usage : EXIT.failure };
  const exit = write(build, built.artifacts, terminal);
  return exit === undefined ? { artifacts: built.artifacts } : { exit };
}

interface ReadInputs {
  readonly inputs: readonly DslInput[];
  /** About what could not be read. */
  readonly issues: readonly DslIssue[];
  readonly sources: DslSources;
}

function readInputs(paths: readonly string[], terminal: Terminal): ReadInputs {
  const { files, findings } = dslPaths(paths, terminal.cwd);
  const sources = new DslSources(terminal.cwd);
  const inputs: DslInput[] = [];
  const issues: DslIssue[] = [];
  for (const finding of findings) tellProblem(finding, terminal);
  for (const found of files) {
    if (found.kind === undefined) {
      tellProblem(skipped(found), terminal);
      continue;
    }
    const source = sources.read(found.path);
    if ("text" in source) inputs.push({ source, kind: found.kind });
    else issues.push(source);
  }
  return { inputs, issues, sources };
}

/** Writes the artifacts; the exit code of what kept it from that. */
function write(
  { out, force, clean }: DslBuild,
  artifacts: readonly Artifact[],
  terminal: Terminal,
): ExitCode | undefined {
  const shown = nameFromRoot(out, terminal.cwd);
  // The manifest last: who sees a new one sees all that it names.
  const last = (artifact: Artifact) => (artifact.kind === "manifest" ? 1 : 0);
  const files = [...artifacts]
    .sort((a, b) => last(a) - last(b))
    .map((artifact) => ({ path: artifact.path, text: artifactText(artifact) }));
  try {
    writeOutFolder(out, files, { force, clean });
    return undefined;
  } catch (error) {
    if (!(error instanceof OutputExists)) {
      throw new UsageError("E_USAGE_VALUE", `--out ${shown} cannot be written: ${errorText(error)}`);
    }
    for (const path of error.paths) {
      const file = outputName(shown, path);
      const message = `${file} is there and is not as plumb left it; nothing was written`;
      tellProblem(diagnostic({ code: error.code, message, file, data: { help: "--force overwrites it" } }), terminal);
    }
    return EXIT.usage;
  }
}

/** The name of an artifact's file, from the working directory. */
export function outputName(out: string, path: string): string {
  return out === "." ? path : `${out}/${path}`;
}

function isInvalidIr({ code }: DslIssue): boolean {
  return code.startsWith("E_IR_");
}

/** RFC 3339 UTC in whole seconds: SOURCE_DATE_EPOCH if it is set, else now. */
function generationTime(epoch: string | undefined): string {
  if (epoch === undefined || epoch === "") return `${wall.nowIso().slice(0, 19)}Z`;
  const seconds = /^\d{1,12}$/.test(epoch) ? Number(epoch) : Number.NaN;
  // The last second of the year 9999.
  if (seconds <= 253_402_300_799) return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
  throw new UsageError("E_USAGE_VALUE", `SOURCE_DATE_EPOCH is a number of seconds since 1970; found ${epoch}`);
}
