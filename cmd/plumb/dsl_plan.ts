import { extname, join, resolve } from "node:path";
import { type CommandSpec, isTerminal, type ParsedArgs, UsageError } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode, errorText } from "../../internal/diag/mod.ts";
import { type DslIssue, jsonText, type Plan, planDot, planFlow, readWdl, slug } from "../../internal/dsl/mod.ts";
import { type FileChange, isFolder, replaceFiles } from "../../internal/files/mod.ts";
import type { Terminal } from "./command.ts";
import { writeIssues } from "./dsl_issue_lines.ts";
import { dslPaths, noFiles, skipped } from "./dsl_paths.ts";
import type { DSL_PLAN } from "./dsl_plan_command.ts";
import { DslSources } from "./dsl_sources.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { tellProblem } from "./tell_problem.ts";

type PlanFlag = typeof DSL_PLAN extends CommandSpec<infer Name> ? Name : never;
type PlanArgs = ParsedArgs<PlanFlag | GlobalFlag>;

/** What a flag may ask for: how it is written, and the suffix of its files. */
const FORMATS = {
  dot: { render: planDot, suffix: ".dot" },
  json: { render: jsonText, suffix: ".json" },
} as const;
type Format = keyof typeof FORMATS;

/** `plumb dsl plan PATH…` (spec/flows.md §8). */
export function run(args: PlanArgs, terminal: Terminal): ExitCode {
  const { plans, issues, sources, count } = readPlans(args.positionals, terminal);
  if (count === 0) {
    tellProblem(noFiles(args.positionals, terminal.cwd, ".wdl"), terminal);
    return EXIT.usage;
  }
  if (issues.length > 0) {
    const { err, errStyle } = terminal;
    writeIssues(err, issues, { style: errStyle, rich: isTerminal(2), lines: (file) => sources.lines(file) });
    return EXIT.failure;
  }
  const formats = (["dot", "json"] as const).filter((format) => args.has(format));
  const onStdout = formats.filter((format) => args.value(format) === "-");
  if (onStdout.length > 1) throw new UsageError("E_USAGE_CONFLICT", "only one of --dot and --json can go to stdout");
  writePlans(
    formats.flatMap((format) => targets(format, args.value(format) ?? "", plans, terminal.cwd)),
    formats,
  );
  const [streamed] = onStdout;
  const text = streamed === undefined ? plans.map(summary).join("") : streamedText(streamed, plans);
  terminal.out.write(text);
  return EXIT.ok;
}

interface ReadPlans {
  readonly plans: readonly Plan[];
  readonly issues: readonly DslIssue[];
  readonly sources: DslSources;
  /** How many .wdl files there are. */
  readonly count: number;
}

function readPlans(paths: readonly string[], terminal: Terminal): ReadPlans {
  const { files, findings } = dslPaths(paths, terminal.cwd);
  const sources = new DslSources(terminal.cwd);
  const plans: Plan[] = [];
  const issues: DslIssue[] = [];
  for (const finding of findings) tellProblem(finding, terminal);
  for (const found of files) if (found.kind === undefined) tellProblem(skipped(found), terminal);
  const flows = files.filter(({ kind }) => kind === "wdl");
  for (const { path } of flows) {
    const source = sources.read(path);
    const reading = "text" in source ? readWdl(source) : { issue: source };
    if ("file" in reading) plans.push(planFlow(reading.file));
    else issues.push(reading.issue);
  }
  return { plans, issues, sources, count: flows.length };
}

/** `coldstore.wdl: entry=read, nodes=5, edges=4` */
function summary({ source, entry, nodes, edges }: Plan): string {
  return `${source}: entry=${entry}, nodes=${nodes.length}, edges=${edges.length}\n`;
}

/** The files of a format: one, where the name has a suffix, or one a flow in a folder. */
function targets(format: Format, name: string, plans: readonly Plan[], cwd: string): readonly FileChange[] {
  const { render, suffix } = FORMATS[format];
  const path = resolve(cwd, name);
  if (name === "-") return [];
  if (extname(path) !== "" && !isFolder(path)) return [{ path, text: render(onlyPlan(format, plans)) }];
  const files = new Map<string, FileChange>();
  for (const plan of plans) {
    const file = join(path, `${slug(plan.workflow)}${suffix}`);
    if (files.has(file)) {
      throw new UsageError(
        "E_USAGE_VALUE",
        `--${format} ${name}: two flows would be written to ${slug(plan.workflow)}${suffix}`,
      );
    }
    files.set(file, { path: file, text: render(plan) });
  }
  return [...files.values()];
}

function streamedText(format: Format, plans: readonly Plan[]): string {
  const text = FORMATS[format].render(onlyPlan(format, plans));
  return text.endsWith("\n") ? text : `${text}\n`;
}

function onlyPlan(format: Format, plans: readonly Plan[]): Plan {
  const [plan, more] = plans;
  if (plan !== undefined && more === undefined) return plan;
  throw new UsageError(
    "E_USAGE_VALUE",
    `--${format} names one file, but there are ${plans.length} flows`,
    "name a folder",
  );
}

function writePlans(files: readonly FileChange[], formats: readonly Format[]): void {
  try {
    replaceFiles(files);
  } catch (error) {
    throw new UsageError("E_USAGE_VALUE", `--${formats.join(" and --")} cannot be written: ${errorText(error)}`);
  }
}
