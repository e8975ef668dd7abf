import type { MergePlan } from "../syntax/mod.ts";
import { buildMergePlan, type MergeEntry } from "./build_merge_plan.ts";
import { isMergeName, MERGE_ATTRIBUTES, type MergeName, type MergeParameter } from "./merge_attributes.ts";
import type { MergeValue } from "./read_merge_argument.ts";

/** A merge attribute as the artifacts hold it (pipelines §15): `{"name":"merge.Sort","args":["k","asc"]}`. */
export interface MergeDocument {
  readonly name: string;
  /** By position; fields and words as texts, sizes and milliseconds as numbers. */
  readonly args: readonly MergeValue[];
}

const PREFIX = "merge.";

/** A plan as attributes, in the order of the table of pipelines §9. {@link planOfDocuments} makes the same plan of them. */
export function mergeDocuments(plan: MergePlan): readonly MergeDocument[] {
  const { sort = [], stable, key, partitionBy, window, timeoutMs, watermark, latePolicy, idleMs, dedup, buffer } = plan;
  const documents: MergeDocument[] = [];
  const add = (name: MergeName, ...args: readonly MergeValue[]): void => {
    documents.push({ name: PREFIX + name, args });
  };
  for (const { field, order } of sort) add("Sort", field, order);
  if (stable === true) add("Stable");
  if (key !== undefined) add("Key", key);
  if (partitionBy !== undefined) add("PartitionBy", partitionBy);
  if (window !== undefined) add("Window", window);
  if (timeoutMs !== undefined) add("Timeout", timeoutMs);
  if (watermark !== undefined) add("Watermark", watermark.field, watermark.latenessMs);
  if (latePolicy !== undefined) add("LatePolicy", latePolicy);
  if (idleMs !== undefined) add("Idle", idleMs);
  if (dedup !== undefined) add("Dedup", ...(dedup.field === undefined ? [] : [dedup.field]));
  if (buffer !== undefined) add("Buffer", buffer.capacity, buffer.policy);
  return documents;
}

/** The plan that attributes from an artifact give. What is no merge attribute is left out: readers ignore the unknown. */
export function planOfDocuments(documents: Iterable<MergeDocument>): MergePlan {
  const entries: MergeEntry[] = [];
  for (const { name, args } of documents) {
    const word = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
    if (!isMergeName(word)) continue;
    const parameters: readonly MergeParameter[] = MERGE_ATTRIBUTES[word];
    const values = new Map<string, MergeValue>();
    for (const [index, parameter] of parameters.entries()) {
      const value = args[index];
      if (value !== undefined) values.set(parameter.name, value);
    }
    entries.push({ name: word, values });
  }
  return buildMergePlan(entries);
}
