import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { type PipelineGraph, workerFromText } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { PipelineRun } from "./pipeline_run.ts";
import type { RunInput } from "./run_input.ts";
import type { RunResult } from "./run_result.ts";
import { sampleWorld } from "./sample_graph.ts";

// Test-only: a row of vectors/pipelines.jsonl that runs a pipeline, and what is compared of it (pipelines §17).

export interface VectorRow {
  readonly id: string;
  readonly note: string;
  readonly source: string;
  readonly pipeline: string;
  readonly events: readonly RunInput[];
  readonly options?: {
    readonly filter?: string;
    readonly transform?: string;
    readonly allow?: readonly string[];
    readonly timerInterval?: number;
    readonly timerCount?: number;
    readonly timeout_ms?: number;
  };
  readonly outputs: readonly { at: number; payload: Json }[];
  readonly errors: readonly { at: number; level: string; code: string; node?: string; event?: Json }[];
  readonly error_outputs?: readonly { at: number; payload: Json }[];
  readonly end: number;
  readonly stats: readonly object[];
}

const FILE = new URL("../../testdata/vectors/pipelines.jsonl", import.meta.url);

/** The rows that run, in order. */
export function vectorRows(): VectorRow[] {
  const rows = readFileSync(FILE, "utf8").trimEnd().split("\n");
  return rows.map((line) => JSON.parse(line)).filter((row) => row.check === undefined);
}

/** Runs a row over its graph, with so many turns a step. */
export function runRow(row: VectorRow, graph: PipelineGraph, budget: number): RunResult {
  const { filter, transform, allow = [], timerInterval, timerCount, timeout_ms: limitMs } = row.options ?? {};
  const run = new PipelineRun(graph, row.events, sampleWorld(), {
    filter: filter === undefined ? undefined : workerFromText(filter),
    transform: transform === undefined ? undefined : workerFromText(transform),
    sandbox: { allowFS: allow.includes("fs"), allowNet: allow.includes("net"), allowDevice: allow.includes("device") },
    timerInterval,
    timerCount,
    limitMs,
  });
  while (run.step(budget) !== "done");
  return run.result();
}

/** Holds a result to what its row says. */
export function expectRow(row: VectorRow, result: RunResult): void {
  const left = (events: RunResult["outputs"]) => events.map(({ at, payload }) => ({ at, payload }));
  const errors = result.errors.map(({ timestamp, level, code, data }) => {
    const event = data?.event;
    const payload = typeof event === "object" && event !== null && "payload" in event ? { event: event.payload } : {};
    return {
      at: Date.parse(timestamp),
      level,
      code,
      ...(data?.node === undefined ? {} : { node: data.node }),
      ...payload,
    };
  });
  const stats = result.stats.map(({ schema: _, pipeline: __, ...counts }) => counts);
  expect<object>({
    outputs: left(result.outputs),
    errors,
    error_outputs: left(result.errorOutputs),
    end: result.endMs,
    stats,
  }).toEqual({
    outputs: row.outputs,
    errors: row.errors,
    error_outputs: row.error_outputs ?? [],
    end: row.end,
    stats: row.stats,
  });
}
