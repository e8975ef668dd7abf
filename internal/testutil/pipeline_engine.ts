import type { PipelineGraph } from "../ami/mod.ts";
import type { ErrorRecord } from "../diag/mod.ts";
import { eventOf, type LeftEvent, type RunStats, runVirtual, type StageStats } from "../pipeline/mod.ts";
import type { Json } from "../value/mod.ts";
import type { World } from "../world/mod.ts";
import { CheckError } from "./check_error.ts";
import { type ExecOptions, prepared } from "./exec_options.ts";
import type { Module } from "./module.ts";
import { moduleGraph } from "./module_graph.ts";
import { virtualRunWorld } from "./run_world.ts";

/** What a run left. */
export interface PipelineResult {
  /** What left the egress, in order; `at` is in milliseconds of the run. */
  readonly outputs: readonly LeftEvent[];
  /** stage.stats.v1, in topological order; empty where the sandbox refused the run. */
  readonly stats: readonly StageStats[];
  /** errors.v1, in order. */
  readonly errors: readonly ErrorRecord[];
  readonly run: RunStats;
}

/** A checked module, ready to run. */
export interface PipelineEngine {
  /**
   * Runs a pipeline to quiescence, in a world with a virtual clock, synchronously. `input` are payloads and envelopes; null: no
   * event comes.
   */
  runPipelineWithStats(
    world: World,
    module: Module,
    pipeline: string,
    input: readonly Json[] | null,
    options?: ExecOptions,
  ): PipelineResult;
}

/**
 * Checks the graphs of a module. Throws a CheckError if none of its pipelines can run; one that cannot beside others that can (as
 * in a module that was read from the artifacts of a file) is refused when it is run.
 */
export function newEngineFromModule(module: Module): PipelineEngine {
  const faults = module.pipelines.flatMap(({ name }) => faultOf(() => moduleGraph(module, name)));
  if (faults.length > 0 && faults.length === module.pipelines.length) {
    throw new CheckError(faults.flatMap(({ diagnostics }) => diagnostics));
  }
  return { runPipelineWithStats };
}

/**
 * Runs a pipeline of a module (pipelines §14).
 *
 * Throws a CheckError for a module or options that cannot be used, and an Error in a world with a real clock, where
 * `runPipelineLive` is the form.
 */
export function runPipelineWithStats(
  world: World,
  module: Module,
  pipeline: string,
  input: readonly Json[] | null,
  options: ExecOptions = {},
): PipelineResult {
  const runWorld = virtualRunWorld(world);
  if (runWorld === undefined) {
    throw new Error("runPipelineWithStats needs a world with a virtual clock; in real time use runPipelineLive");
  }
  const run = prepared(moduleGraph(module, pipeline), options);
  const events = (input ?? []).map(eventOf).map((event) => ({ ...event, at: event.at ?? 0 }));
  const { outputs, stats, errors, run: totals } = runCollecting(run, events, runWorld, options.emit);
  return { outputs, stats, errors, run: totals };
}

function runCollecting(
  { graph, options }: { graph: PipelineGraph; options: Parameters<typeof runVirtual>[3] },
  events: Parameters<typeof runVirtual>[1],
  world: Parameters<typeof runVirtual>[2],
  emit: ExecOptions["emit"],
): ReturnType<typeof runVirtual> {
  if (emit === undefined) return runVirtual(graph, events, world, options);
  const outputs: LeftEvent[] = [];
  const result = runVirtual(graph, events, world, {
    ...options,
    sinks: {
      output({ id, payload }, at) {
        const left = { id, payload, at };
        outputs.push(left);
        emit(left);
      },
    },
  });
  return { ...result, outputs };
}

function faultOf(check: () => unknown): CheckError[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof CheckError) return [error];
    throw error;
  }
}
