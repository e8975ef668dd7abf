import * as v from "valibot";
import type { Node } from "./node.ts";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** stage.stats.v1 (pipelines §13): what became of the events of one node. Keys stand in this order. */
export const StageStatsSchema = v.strictObject({
  schema: v.literal("stage.stats.v1"),
  pipeline: v.string(),
  stage: v.strictObject({
    /** Position in topological order. */
    index: Count,
    kind: v.string(),
    name: v.string(),
  }),
  enqueued: Count,
  emitted: Count,
  dropped: Count,
  shunted: Count,
  silenced: Count,
  errored: Count,
  /** Always 0: kept for the reference format. */
  expired: v.literal(0),
  /** Events that have entered and not left. */
  held: Count,
  /** What `dropped` and `shunted` consist of; keys sorted. Absent: nothing. */
  reasons: v.exactOptional(v.record(v.string(), Count)),
  /** Of a Collect. */
  late: v.exactOptional(Count),
  forced: v.exactOptional(Count),
});
export type StageStats = v.InferOutput<typeof StageStatsSchema>;

/** The statistics of a node as it stands. */
export function stageStats(pipeline: string, node: Node): StageStats {
  const { merge } = node;
  const reasons = [...node.reasons].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    schema: "stage.stats.v1",
    pipeline,
    stage: { index: node.position, kind: node.kind, name: node.label },
    enqueued: node.enqueued,
    emitted: node.emitted,
    dropped: node.dropped,
    shunted: node.shunted,
    silenced: node.silenced,
    errored: node.errored,
    expired: 0,
    held: node.held,
    ...(reasons.length === 0 ? {} : { reasons: Object.fromEntries(reasons) }),
    ...(merge === undefined ? {} : { late: merge.late, forced: merge.forced }),
  };
}

/** run.stats.v1 (pipelines §13): what became of a run. Keys stand in this order. */
export const RunStatsSchema = v.strictObject({
  schema: v.literal("run.stats.v1"),
  pipeline: v.string(),
  /** Virtual or real milliseconds to quiescence. */
  duration_ms: Count,
  /** Events that came to an ingress or io.Read. */
  inputs: Count,
  outputs: Count,
  /** Records by level. */
  errors: Count,
  warnings: Count,
  /** Sums over all stages. */
  dropped: Count,
  shunted: Count,
  silenced: Count,
});
export type RunStats = v.InferOutput<typeof RunStatsSchema>;

/** The statistics of a run, from those of its stages and what it counted itself. */
export function runStats(
  pipeline: string,
  stages: readonly StageStats[],
  counts: { durationMs: number; inputs: number; outputs: number; errors: number; warnings: number },
): RunStats {
  const sum = (key: "dropped" | "shunted" | "silenced") => stages.reduce((total, stage) => total + stage[key], 0);
  return {
    schema: "run.stats.v1",
    pipeline,
    duration_ms: counts.durationMs,
    inputs: counts.inputs,
    outputs: counts.outputs,
    errors: counts.errors,
    warnings: counts.warnings,
    dropped: sum("dropped"),
    shunted: sum("shunted"),
    silenced: sum("silenced"),
  };
}
