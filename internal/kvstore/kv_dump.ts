import * as v from "valibot";
import { TimestampSchema, virtualTimestamp } from "../diag/mod.ts";

/** kv.dump.v1 (ami-tests §10): the keys of a store, or of all stores, sorted by UTF-16 code unit. Keys in canonical order. */
export const KvDumpSchema = v.strictObject({
  keys: v.array(v.string()),
  schema: v.literal("kv.dump.v1"),
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
  timestamp: TimestampSchema,
});
export type KvDumpDocument = v.InferOutput<typeof KvDumpSchema>;

/** The sorted keys of the live entries, and how many there are. */
export type KvDump = Readonly<Omit<KvDumpDocument, "schema" | "timestamp">>;

/** The kv.dump.v1 document of a dump, taken at `atMs` of virtual time. */
export function dumpDocument(dump: KvDump, atMs: number): KvDumpDocument {
  return { keys: [...dump.keys], schema: "kv.dump.v1", size: dump.size, timestamp: virtualTimestamp(atMs) };
}

/** The dump of a set of keys. */
export function dumpOf(keys: Iterable<string>): KvDump {
  // The default order of sort is that of UTF-16 code units (DESIGN, determinism).
  const sorted = [...keys].sort();
  return { keys: sorted, size: sorted.length };
}
