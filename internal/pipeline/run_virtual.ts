import type { PipelineGraph } from "../ami/mod.ts";
import { PipelineRun } from "./pipeline_run.ts";
import type { RunInput } from "./run_input.ts";
import type { RunOptions, RunWorld } from "./run_options.ts";
import type { RunResult } from "./run_result.ts";

/**
 * Runs a pipeline in virtual time to quiescence, or to what stops it earlier. Synchronous; a caller who has to look after
 * signals takes a `PipelineRun` and steps it.
 *
 * @example
 * runVirtual(graph, [{ at: 0, payload: { k: 1 } }], world).outputs; // [{ id: "P/ingress/0", payload: { k: 2 }, at: 0 }]
 */
export function runVirtual(
  graph: PipelineGraph,
  input: readonly RunInput[],
  world: RunWorld,
  options: Omit<RunOptions, "live"> = {},
): RunResult {
  const run = new PipelineRun(graph, input, world, options);
  run.step(Number.MAX_SAFE_INTEGER);
  return run.result();
}
