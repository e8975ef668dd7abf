import type { ErrorRecord } from "../diag/mod.ts";
import {
  AsyncFeed,
  type ExternalEvent,
  eventOf,
  type LeftEvent,
  PipelineRun,
  runLive,
  type StageStats,
} from "../pipeline/mod.ts";
import type { Json } from "../value/mod.ts";
import { realTime, type World, wall } from "../world/mod.ts";
import { type ExecOptions, prepared } from "./exec_options.ts";
import type { Module } from "./module.ts";
import { moduleGraph } from "./module_graph.ts";
import { OpenList } from "./open_list.ts";
import { liveRunWorld } from "./run_world.ts";

/** A run in real time, while it goes on. */
export interface LivePipeline {
  /** What leaves the egress, as it leaves; ends with the run. */
  readonly outputs: AsyncIterable<LeftEvent>;
  readonly errors: AsyncIterable<ErrorRecord>;
  /** When the run is over. Rejects with what the input threw. */
  readonly stats: Promise<readonly StageStats[]>;
}

/**
 * Runs a pipeline of a module in real time (pipelines §8, §14), whatever clock the world has: events enter as the input gives
 * them. An abort ends the input as SIGINT does: what has come is finished, what is held is released.
 *
 * Throws a CheckError for a module or options that cannot be used.
 */
export function runPipelineLive(
  world: World,
  module: Module,
  pipeline: string,
  input: AsyncIterable<Json>,
  options: ExecOptions & { readonly signal?: AbortSignal } = {},
): LivePipeline {
  const { graph, options: runOptions } = prepared(moduleGraph(module, pipeline), options);
  const outputs = new OpenList<LeftEvent>();
  const errors = new OpenList<ErrorRecord>();
  const time = realTime();
  const run = new PipelineRun(graph, [], liveRunWorld(world), {
    ...runOptions,
    live: true,
    epochMs: wall.nowMs(),
    sinks: {
      output({ id, payload }, at) {
        const left = { id, payload, at };
        outputs.add(left);
        options.emit?.(left);
      },
      error: (record) => errors.add(record),
    },
  });
  const drain = (): void => {
    run.drain();
    time.ring();
  };
  const { signal } = options;
  if (signal?.aborted === true) drain();
  signal?.addEventListener("abort", drain, { once: true });
  const stats = runLive(run, time, new AsyncFeed(eventsOf(input), time))
    .then(
      () => {
        outputs.end();
        errors.end();
        return run.result().stats;
      },
      (error: unknown) => {
        outputs.end({ error });
        errors.end({ error });
        throw error;
      },
    )
    .finally(() => signal?.removeEventListener("abort", drain));
  return { outputs, errors, stats };
}

async function* eventsOf(input: AsyncIterable<Json>): AsyncGenerator<ExternalEvent> {
  for await (const value of input) yield eventOf(value);
}
