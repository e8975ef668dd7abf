import * as v from "valibot";

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What came of a check (flows §16). */
export const CheckRecordSchema = v.strictObject({
  id: v.string(),
  level: v.picklist(["MUST", "SHOULD", "MAY"]),
  status: v.picklist(["ok", "fail", "n/a"]),
  rule: v.string(),
  /** What was found; empty where there is nothing to say. */
  detail: v.string(),
  /** Of both sides, in order; of a check that failed. */
  frames: v.array(v.strictObject({ from: v.picklist(["host", "executor"]), text: v.string() })),
  /** What to do about a failure. */
  fix: v.exactOptional(v.string()),
});
export type CheckRecord = v.InferOutput<typeof CheckRecordSchema>;

/** The last record. */
export const CheckSummarySchema = v.strictObject({
  type: v.literal("summary"),
  ok: Count,
  failed: Count,
  na: Count,
  checks: Count,
  /** Whether no MUST has failed. */
  conforms: v.boolean(),
  duration_ms: Count,
});
export type CheckSummary = v.InferOutput<typeof CheckSummarySchema>;

/** Sums up. */
export function summaryOf(records: readonly CheckRecord[], durationMs: number): CheckSummary {
  const count = (status: CheckRecord["status"]) => records.filter((record) => record.status === status).length;
  return {
    type: "summary",
    ok: count("ok"),
    failed: count("fail"),
    na: count("n/a"),
    checks: records.length,
    conforms: !records.some(({ level, status }) => level === "MUST" && status === "fail"),
    duration_ms: Math.round(durationMs),
  };
}
