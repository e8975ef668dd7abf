import { join, posix } from "node:path";
import * as v from "valibot";
import { readTextFile } from "../../files/mod.ts";
import { jsonText } from "../compile/mod.ts";

/** What plumb keeps in an out directory to know its own files again (flows §8). */
export const RECORD_FILE = ".plumb-out.json";

/** Path from the out directory -> SHA-256 of the bytes that were written, lower-case hex. */
export type OutRecord = ReadonlyMap<string, string>;

const RecordSchema = v.record(v.string(), v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)));

/**
 * The record of an out directory. One that cannot be read, or is none, records nothing: then every file that is there is taken
 * for the user's. Paths that lead out of the directory are left out, so that no record makes plumb remove anything else.
 */
export function readOutRecord(out: string): OutRecord {
  let document: unknown;
  try {
    document = JSON.parse(readTextFile(join(out, RECORD_FILE)));
  } catch {
    return new Map();
  }
  const record = v.safeParse(RecordSchema, document);
  return new Map(record.success ? Object.entries(record.output).filter(([path]) => staysInside(path)) : []);
}

/** The text of a record, by path. */
export function recordText(record: OutRecord): string {
  const entries = [...record].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return jsonText(Object.fromEntries(entries));
}

export function sha256Hex(content: string | Uint8Array): string {
  return Bun.SHA256.hash(content, "hex");
}

function staysInside(path: string): boolean {
  const normal = posix.normalize(path);
  return normal === path && path !== "." && path !== ".." && !path.startsWith("../") && !path.startsWith("/");
}
