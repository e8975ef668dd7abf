import { type CommandSpec, isTerminal, type ParsedArgs } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import {
  type DslIssue,
  dslSource,
  type LintedFile,
  lintFiles,
  publicIssue,
  readLinted,
} from "../../internal/dsl/mod.ts";
import type { Terminal } from "./command.ts";
import { writeIssues } from "./dsl_issue_lines.ts";
import type { DSL_LINT } from "./dsl_lint_command.ts";
import { type DslPath, dslPaths, noFiles } from "./dsl_paths.ts";
import { DslSources } from "./dsl_sources.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { tellProblem } from "./tell_problem.ts";

type LintFlag = typeof DSL_LINT extends CommandSpec<infer Name> ? Name : never;

/** `plumb dsl lint PATH…` (spec/flows.md §7, §8). */
export function run(args: ParsedArgs<LintFlag | GlobalFlag>, terminal: Terminal): ExitCode {
  const { cwd, out, outStyle } = terminal;
  const { files, findings } = dslPaths(args.positionals, cwd);
  for (const finding of findings) tellProblem(finding, terminal);
  if (files.length === 0) {
    tellProblem(noFiles(args.positionals, cwd), terminal);
    return EXIT.usage;
  }
  const sources = new DslSources(cwd);
  const issues = lintPaths(files, sources);
  const count = (wanted: DslIssue["level"]) => issues.filter(({ level }) => level === wanted).length;
  const summary = { errors: count("error"), warnings: count("warning") };
  if (args.has("json")) out.write(`${JSON.stringify({ issues: issues.map(publicIssue), summary })}\n`);
  else if (issues.length === 0) out.write("No issues found\n");
  else writeIssues(out, issues, { style: outStyle, rich: isTerminal(1), lines: (file) => sources.lines(file) });
  const fails = summary.errors > 0 || (args.has("strict") && summary.warnings > 0);
  return fails ? EXIT.failure : EXIT.ok;
}

/** The findings of files on disk; policies that flows name are looked for beside them too (flows §3). */
export function lintPaths(files: readonly DslPath[], sources: DslSources): readonly DslIssue[] {
  const read = files.map(({ path, kind }): LintedFile => {
    const source = sources.read(path);
    if ("text" in source) return readLinted(source);
    return { source: dslSource(source.path, ""), kind: kind ?? "wdl", reading: { issue: source } };
  });
  return lintFiles(read, { isNear: (name, flow) => sources.findPolicy(name, flow) !== undefined });
}
