import type { MergePlan } from "../syntax/mod.ts";
import type { MergeName } from "./merge_attributes.ts";

/** A warning about attributes that do not go together (pipelines §9). */
export interface MergeWarning {
  readonly code: string;
  readonly message: string;
}

/** What a plan probably does not mean. `written` are its attributes, also those with mistakes in them. */
export function mergeWarnings(plan: MergePlan, written: ReadonlySet<MergeName>): readonly MergeWarning[] {
  const warnings: MergeWarning[] = [];
  const has = (...names: MergeName[]): boolean => names.some((name) => written.has(name));
  const warn = (code: string, message: string): number => warnings.push({ code, message });

  if (has("Sort") && !has("Window", "Watermark", "Timeout", "Buffer")) {
    warn(
      "W_MERGE_SORT_UNTIL_END",
      "without Window, Watermark, Timeout or Buffer, Sort holds every event until the end",
    );
  }
  if (has("Stable") && !has("Sort")) warn("W_MERGE_STABLE_WITHOUT_SORT", "Stable has no effect without Sort");
  const [first] = plan.sort ?? [];
  if (plan.watermark !== undefined && first !== undefined && first.field !== plan.watermark.field) {
    const fields = `${shown(first.field)}, not by ${shown(plan.watermark.field)}`;
    warn(
      "W_MERGE_WATERMARK_NOT_PRIMARY_SORT",
      `the watermark releases by event time, but batches are sorted by ${fields}`,
    );
  }
  if (plan.dedup !== undefined && plan.dedup.field === undefined && !has("Key")) {
    warn("W_MERGE_DEDUP_WITHOUT_KEY", "without a field and without Key, Dedup compares whole payloads");
  }
  if (plan.buffer !== undefined && plan.window !== undefined && plan.buffer.capacity < plan.window) {
    const { buffer, window } = plan;
    warn("W_MERGE_BUFFER_LT_WINDOW", `a buffer of ${buffer.capacity} never holds the ${window} events of a window`);
  }
  if (has("LatePolicy") && !has("Watermark")) {
    warn("W_MERGE_LATE_WITHOUT_WATERMARK", "without Watermark no event is late: LatePolicy has no effect");
  }
  if (has("Idle") && !has("Watermark")) warn("W_MERGE_IDLE_WITHOUT_WATERMARK", "Idle has no effect without Watermark");
  return warnings;
}

function shown(field: string): string {
  return field === "" ? "the payload" : field;
}
