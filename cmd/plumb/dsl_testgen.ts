import { join, resolve } from "node:path";
import { type CommandSpec, isTerminal, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode, errorText } from "../../internal/diag/mod.ts";
import {
  buildDsl,
  type DslFile,
  type DslIssue,
  type DslSource,
  type GeneratedCase,
  generateCases,
  jsonText,
  readDsl,
  stemOf,
} from "../../internal/dsl/mod.ts";
import { nameFromRoot, replaceFiles } from "../../internal/files/mod.ts";
import type { Terminal } from "./command.ts";
import { writeIssues } from "./dsl_issue_lines.ts";
import { type DslPath, dslPaths, noFiles, skipped } from "./dsl_paths.ts";
import { DslSources } from "./dsl_sources.ts";
import type { DSL_TESTGEN } from "./dsl_testgen_command.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { tellProblem } from "./tell_problem.ts";

type TestgenFlag = typeof DSL_TESTGEN extends CommandSpec<infer Name> ? Name : never;
type TestgenArgs = ParsedArgs<TestgenFlag | GlobalFlag>;

/** `plumb dsl testgen PATH…` (spec/flows.md §8). */
export function run(args: TestgenArgs, terminal: Terminal): ExitCode {
  const { cwd, out, err, errStyle } = terminal;
  const { files, findings } = dslPaths(args.positionals, cwd);
  for (const finding of findings) tellProblem(finding, terminal);
  for (const file of files) if (file.kind === undefined) tellProblem(skipped(file), terminal);
  const wanted = files.filter(({ kind }) => kind !== undefined);
  if (wanted.length === 0) {
    tellProblem(noFiles(args.positionals, cwd), terminal);
    return EXIT.usage;
  }
  const sources = new DslSources(cwd);
  const { read, issues } = readCompiled(wanted, sources);
  if (issues.length > 0) {
    writeIssues(err, issues, { style: errStyle, rich: isTerminal(2), lines: (file) => sources.lines(file) });
    return EXIT.failure;
  }
  const fixtures = fixturesOf(read, args, cwd);
  writeCases(fixtures, args.value("out") ?? "");
  const listed = fixtures.map(({ source, kind, cases, folder }) => ({
    source,
    kind,
    cases: cases.length,
    output_dir: nameFromRoot(folder, cwd),
  }));
  if (args.has("json")) out.write(`${JSON.stringify({ fixtures: listed })}\n`);
  else for (const each of listed) out.write(`${each.source}: generated ${each.cases} cases -> ${each.output_dir}\n`);
  return EXIT.ok;
}

/** Reads files that compile, each for itself with the policies that it names; or all that keeps some from compiling. */
function readCompiled(
  files: readonly DslPath[],
  sources: DslSources,
): { readonly read: readonly DslFile[]; readonly issues: readonly DslIssue[] } {
  const found = files.map(({ path, kind = "wdl" }) => ({ source: sources.read(path), kind }));
  const policies = new Map<string, DslSource>();
  for (const { source, kind } of found)
    if (kind === "pdl" && "text" in source) policies.set(stemOf(source.path), source);
  const read: DslFile[] = [];
  const issues: DslIssue[] = [];
  for (const { source, kind } of found) {
    if (!("text" in source)) {
      issues.push(source);
      continue;
    }
    const built = buildDsl([{ source, kind }], {
      emitIr: false,
      generatedAt: "",
      findPolicy: (name, flow) => policies.get(name) ?? sources.findPolicy(name, flow),
    });
    issues.push(...built.issues.filter(({ level }) => level === "error"));
    const reading = readDsl(source, kind);
    if ("file" in reading) read.push(reading.file);
  }
  return { read, issues };
}

/** The cases of one file, and where they go. */
interface Fixtures {
  readonly source: string;
  readonly kind: DslFile["kind"];
  /** Absolute. */
  readonly folder: string;
  /** Cases of other files of this name that are in the folder already. */
  readonly before: number;
  readonly cases: readonly GeneratedCase[];
}

function fixturesOf(files: readonly DslFile[], args: TestgenArgs, cwd: string): readonly Fixtures[] {
  const out = resolve(cwd, args.value("out") ?? "fixtures");
  const most = Number(args.value("max-cases") ?? Number.MAX_SAFE_INTEGER);
  const filled = new Map<string, number>();
  return files.map((file) => {
    const folder = join(out, stemOf(file.source.path));
    const cases = generateCases(file, most);
    const before = filled.get(folder) ?? 0;
    filled.set(folder, before + cases.length);
    return { source: file.source.path, kind: file.kind, folder, before, cases };
  });
}

/** Writes all or none. */
function writeCases(fixtures: readonly Fixtures[], out: string): void {
  const files = fixtures.flatMap(({ source, kind, folder, before, cases }) =>
    cases.map(({ name, inputs, expectations }, index) => ({
      path: join(folder, `case_${String(before + index + 1).padStart(2, "0")}.json`),
      text: jsonText({ name, kind, source, inputs, expectations }),
    })),
  );
  try {
    replaceFiles(files);
  } catch (error) {
    throw new UsageError("E_USAGE_VALUE", `--out ${out} cannot be written: ${errorText(error)}`);
  }
}
