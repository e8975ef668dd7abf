/** What an argument of a merge attribute is. */
export type MergeArgument = "field" | "order" | "size" | "time" | "lateness" | "late policy" | "policy";

export interface MergeParameter {
  readonly name: string;
  readonly type: MergeArgument;
  readonly required: boolean;
}

const parameter = (name: string, type: MergeArgument): MergeParameter => ({ name, type, required: true });
const optional = (name: string, type: MergeArgument): MergeParameter => ({ name, type, required: false });

/** The merge attributes and their arguments in order (pipelines §9). */
export const MERGE_ATTRIBUTES = {
  Sort: [parameter("field", "field"), optional("order", "order")],
  Stable: [],
  Key: [parameter("field", "field")],
  PartitionBy: [parameter("field", "field")],
  Window: [parameter("size", "size")],
  Timeout: [parameter("ms", "time")],
  Watermark: [parameter("field", "field"), parameter("lateness", "lateness")],
  LatePolicy: [parameter("policy", "late policy")],
  Idle: [parameter("ms", "time")],
  Dedup: [optional("field", "field")],
  Buffer: [parameter("capacity", "size"), optional("policy", "policy")],
} as const satisfies Record<string, readonly MergeParameter[]>;

export type MergeName = keyof typeof MERGE_ATTRIBUTES;

export function isMergeName(word: string): word is MergeName {
  return Object.hasOwn(MERGE_ATTRIBUTES, word);
}
