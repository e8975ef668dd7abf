import * as v from "valibot";
import { DiagnosticSchema, TimestampSchema } from "../diag/mod.ts";

// test.v1 (spec/cli.md): the one stream from which every report is folded. The key order here is the order on the wire.

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Duration = v.pipe(v.number(), v.minValue(0));
const StableId = v.pipe(v.string(), v.nonEmpty());

export const BlameSchema = v.picklist(["subject", "executor", "protocol", "environment", "tool"]);
export type Blame = v.InferOutput<typeof BlameSchema>;

export const CaseKindSchema = v.picklist(["pragma", "directive", "scenario"]);
export type CaseKind = v.InferOutput<typeof CaseKindSchema>;

export const RunStartSchema = v.strictObject({
  schema: v.literal("test.v1"),
  type: v.literal("run_start"),
  timestamp: TimestampSchema,
  version: v.string(),
  root: v.string(),
  paths: v.array(v.string()),
  engine: v.picklist(["local", "proc"]),
  seed: v.pipe(v.number(), v.integer()),
  parallel: v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.description("the default of --parallel on this machine; streams are the same whatever the flag says"),
  ),
  timeout_ms: Count,
  failfast: v.boolean(),
  run: v.string(),
  cases: Count,
});
export type RunStart = v.InferOutput<typeof RunStartSchema>;

/** An operational principle of a concept, which the case is to hold (scenarios.md §3). */
export const PrincipleSchema = v.strictObject({ concept: v.string(), text: v.string() });
export type Principle = v.InferOutput<typeof PrincipleSchema>;

export const TestStartSchema = v.strictObject({
  schema: v.literal("test.v1"),
  type: v.literal("test_start"),
  timestamp: TimestampSchema,
  id: StableId,
  package: v.string(),
  name: v.string(),
  case: v.string(),
  file: v.string(),
  line: v.pipe(v.number(), v.integer(), v.minValue(1)),
  kind: CaseKindSchema,
  /** Of a case that runs because a concept's principle names its scenario; of several the first. */
  principle: v.exactOptional(PrincipleSchema),
});
export type TestStart = v.InferOutput<typeof TestStartSchema>;

export const TestOutputSchema = v.strictObject({
  schema: v.literal("test.v1"),
  type: v.literal("test_output"),
  timestamp: TimestampSchema,
  id: StableId,
  stream: v.picklist(["stdout", "stderr"]),
  text: v.string(),
});
export type TestOutput = v.InferOutput<typeof TestOutputSchema>;

export const TestEndSchema = v.strictObject({
  schema: v.literal("test.v1"),
  type: v.literal("test_end"),
  timestamp: TimestampSchema,
  id: StableId,
  package: v.string(),
  name: v.string(),
  case: v.string(),
  file: v.string(),
  status: v.picklist(["pass", "fail", "skip"]),
  /** False only for a failure that is not known. */
  ok: v.boolean(),
  skipped: v.boolean(),
  duration_ms: Duration,
  virtual_ms: Count,
  /** Of a skip. */
  reason: v.exactOptional(v.string()),
  /** Of a failure: one sentence, a stable code, who is at fault, the findings (the failure first), a command line. */
  error: v.exactOptional(v.string()),
  code: v.exactOptional(v.string()),
  blame: v.exactOptional(BlameSchema),
  diagnostics: v.exactOptional(v.array(DiagnosticSchema)),
  repro: v.exactOptional(v.string()),
  /** How many completions of its trace were assumed: no body ran for them (scenarios.md §7). */
  assumed: v.exactOptional(Count),
  principle: v.exactOptional(PrincipleSchema),
  /** With `--known-failing`: it failed as expected; it was expected to fail and passed. */
  known: v.exactOptional(v.literal(true)),
  stale: v.exactOptional(v.literal(true)),
});
export type TestEnd = v.InferOutput<typeof TestEndSchema>;

export const TotalsSchema = v.strictObject({
  pass: Count,
  fail: Count,
  skip: Count,
  cases: Count,
  /** Only with `--known-failing`. */
  known: v.exactOptional(Count),
  stale: v.exactOptional(Count),
  /** Completions that were assumed, of all cases; absent: none. */
  assumed: v.exactOptional(Count),
  /** Only where a concept file was named: what became of its principles (scenarios.md §3). */
  principles: v.exactOptional(v.strictObject({ held: Count, broken: Count, untested: Count })),
});
export type Totals = v.InferOutput<typeof TotalsSchema>;

export const RunEndSchema = v.strictObject({
  schema: v.literal("test.v1"),
  type: v.literal("run_end"),
  timestamp: TimestampSchema,
  duration_ms: Duration,
  totals: TotalsSchema,
  ok: v.boolean(),
  exit: v.strictObject({ code: Count, name: v.string() }),
});
export type RunEnd = v.InferOutput<typeof RunEndSchema>;

/** A record of schema test.v1. */
export const TestRecordSchema = v.variant("type", [
  RunStartSchema,
  TestStartSchema,
  TestOutputSchema,
  TestEndSchema,
  RunEndSchema,
]);
export type TestRecord = v.InferOutput<typeof TestRecordSchema>;

/**
 * A line of the stream. diag.v1 records stand among those of test.v1: between a `test_start` and its `test_end` they
 * belong to that case, right after `run_start` to files that could not be loaded, right before `run_end` to no case.
 */
export const StreamRecordSchema = v.union([TestRecordSchema, DiagnosticSchema]);
export type StreamRecord = v.InferOutput<typeof StreamRecordSchema>;
