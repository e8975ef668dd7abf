import { basename } from "node:path";
import type { CommandSpec, ParsedArgs } from "../../internal/cli/mod.ts";
import { compareDiagnostics, type Diagnostic, EXIT, type ExitCode } from "../../internal/diag/mod.ts";
import type { CHECK } from "./check_command.ts";
import { filesToCheck } from "./check_files.ts";
import type { Check, Kind } from "./check_kind.ts";
import { kindOf } from "./check_kinds.ts";
import { findingLine } from "./check_lines.ts";
import type { Terminal } from "./command.ts";
import type { GlobalFlag } from "./global_flags.ts";

type CheckFlag = typeof CHECK extends CommandSpec<infer Name> ? Name : never;

/** `plumb check PATH…` (spec/cli.md). */
export async function run(args: ParsedArgs<CheckFlag | GlobalFlag>, { cwd, out }: Terminal): Promise<ExitCode> {
  const findings = await findingsOf(args.positionals, cwd);
  const show = args.has("json") ? (finding: Diagnostic) => JSON.stringify(finding) : findingLine;
  for (const finding of findings) out.write(`${show(finding)}\n`);
  const fails = (level: Diagnostic["level"]) => level === "error" || (level === "warn" && args.has("strict"));
  return findings.some(({ level }) => fails(level)) ? EXIT.failure : EXIT.ok;
}

/** The findings of all files, each once, however many files lead to it; by file and position. */
async function findingsOf(paths: readonly string[], cwd: string): Promise<readonly Diagnostic[]> {
  const checks = new Map<Kind, Check>();
  const { files, findings } = filesToCheck(paths, cwd);
  const found = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  for (const file of files) {
    const kind = kindOf(basename(file.path));
    if (kind === undefined) continue;
    const check = checks.get(kind) ?? kind.open(cwd, files);
    checks.set(kind, check);
    for (const finding of await check(file)) found.set(JSON.stringify(finding), finding);
  }
  return [...found.values()].sort(compareDiagnostics);
}
