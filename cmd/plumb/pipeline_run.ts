import type { CommandSpec, ParsedArgs } from "../../internal/cli/mod.ts";
import { EXIT, type ExitCode, worstExit } from "../../internal/diag/mod.ts";
import type { PipelineRun } from "../../internal/pipeline/mod.ts";
import { TsWorkers } from "../../internal/ts_workers/mod.ts";
import type { Terminal } from "./command.ts";
import type { GlobalFlag } from "./global_flags.ts";
import { choosePipeline } from "./pipeline_choose.ts";
import { driveLive, driveVirtual } from "./pipeline_drive.ts";
import { FolderFiles } from "./pipeline_files.ts";
import { openEvents } from "./pipeline_input.ts";
import { eventsFile, filesOfRun, refuseTraceOver } from "./pipeline_inputs.ts";
import { loadFile } from "./pipeline_load.ts";
import type { PIPELINE_RUN } from "./pipeline_run_command.ts";
import { openTrace, StreamSinks } from "./pipeline_sinks.ts";
import { tellProblem } from "./tell_problem.ts";
import { DEFAULT_WATCHDOG_MS } from "./watchdog_value.ts";

type RunFlag = typeof PIPELINE_RUN extends CommandSpec<infer Name> ? Name : never;
type RunArgs = ParsedArgs<RunFlag | GlobalFlag>;

/** `plumb pipeline run FILE` (spec/cli.md). */
export async function run(args: RunArgs, terminal: Terminal): Promise<ExitCode> {
  const { cwd, out, err } = terminal;
  const live = args.value("clock") !== "virtual";
  const modules = new TsWorkers({
    virtual: !live,
    open: true,
    watchdogMs: args.integer("watchdog") ?? DEFAULT_WATCHDOG_MS,
    print: (_stream, text) => err.write(text), // stdout holds events and nothing else
  });
  const loaded = loadFile(args.positionals[0] ?? "", modules, terminal, args.has("verbose"));
  if (loaded === undefined) return EXIT.usage;
  const graph = choosePipeline(loaded, args.value("pipeline"));
  if ("code" in graph) {
    tellProblem(graph, terminal);
    return EXIT.usage;
  }
  const reads = args.has("events") || graph.nodes.some(({ kind }) => kind === "ingress");
  const trace = args.value("trace");
  if (trace !== undefined && trace !== "-") {
    const events = reads ? [eventsFile(args.value("events"), cwd)] : [];
    refuseTraceOver([...events, ...filesOfRun(loaded, graph)], trace, cwd);
  }
  const source = reads ? openEvents(args.value("events"), cwd) : undefined;
  const files = new FolderFiles(graph.folder);
  const sinks = new StreamSinks({
    out,
    trace: trace === undefined ? (args.has("trace") ? "stderr" : undefined) : openTrace(trace, cwd, out),
    files,
    live,
  });
  const options = {
    sandbox: sandboxOf(args),
    limitMs: args.integer("limit"),
    strict: args.has("strict"),
    files,
    sinks,
  };
  try {
    const { run, signal } = await (live ? driveLive : driveVirtual)({ graph, source, options });
    if (args.has("stats")) printStatistics(run, sinks);
    return worstExit([...(signal === undefined ? [] : [signal]), ...(sinks.failed ? [EXIT.failure] : [])]);
  } finally {
    sinks.flush();
    modules.close();
  }
}

function sandboxOf(args: RunArgs) {
  const granted = new Set(args.values("allow").flatMap((words) => words.split(",")));
  return { allowFS: granted.has("fs"), allowNet: granted.has("net"), allowDevice: granted.has("device") };
}

function printStatistics(run: PipelineRun, sinks: StreamSinks): void {
  const { stats, run: totals, stop } = run.result();
  for (const stage of stats) sinks.statistics(stage);
  // A run that the sandbox refused has none (pipelines §12).
  if (stop !== "refused" || stats.length > 0) sinks.statistics(totals);
}
