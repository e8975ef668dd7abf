import * as v from "valibot";
import { SourcesSchema } from "./flow_ir.ts";
import { Digest, Name, open, Text, UtcTime } from "./ir_types.ts";

/** What a manifest says of one flow (flows §9). Unknown members are ignored. */
export const ManifestEntrySchema = open({
  name: Name,
  source_file: Text,
  policyRef: Text,
  /** The types of all nodes, each once, sorted. */
  step_kinds: v.array(Text, "a list"),
  inputs_schema_hash: Digest,
  /** From the folder of the manifest. */
  ir_path: Text,
  generated_at: UtcTime,
  sources: v.exactOptional(SourcesSchema),
});
export type ManifestEntry = v.InferOutput<typeof ManifestEntrySchema>;

/** manifest.json: an entry a flow of one compile, in path order; none for policies alone. */
export const ManifestSchema = v.array(ManifestEntrySchema, "a list");
export type Manifest = v.InferOutput<typeof ManifestSchema>;
