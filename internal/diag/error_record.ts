import * as v from "valibot";
import {
  type Level,
  LevelSchema,
  PositionSchema,
  sortedRecord,
  TimestampSchema,
  virtualTimestamp,
} from "./diagnostic.ts";
import type { Position } from "./position.ts";

/** errors.v1 (ami-tests §8, pipelines §11): what went wrong in a run. Keys stand in this order. */
export const ErrorRecordSchema = v.strictObject({
  schema: v.literal("errors.v1"),
  timestamp: TimestampSchema,
  level: LevelSchema,
  code: v.pipe(v.string(), v.nonEmpty()),
  message: v.string(),
  file: v.exactOptional(v.string()),
  pos: v.exactOptional(PositionSchema),
  data: v.exactOptional(v.record(v.string(), v.unknown())),
});
export type ErrorRecord = v.InferOutput<typeof ErrorRecordSchema>;

/** Makes an errors.v1 record with its keys in order and `data` sorted at every depth. */
export function errorRecord(fields: {
  readonly code: string;
  readonly message: string;
  readonly level?: Level;
  readonly file?: string | undefined;
  readonly pos?: Position | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** Milliseconds of virtual time; default 0. */
  readonly atMs?: number;
}): ErrorRecord {
  const { file, pos, data } = fields;
  return {
    schema: "errors.v1",
    timestamp: virtualTimestamp(fields.atMs ?? 0),
    level: fields.level ?? "error",
    code: fields.code,
    message: fields.message,
    ...(file === undefined ? {} : { file }),
    ...(pos === undefined ? {} : { pos: { line: pos.line, column: pos.column, offset: pos.offset } }),
    ...(data === undefined ? {} : { data: sortedRecord(data) }),
  };
}
