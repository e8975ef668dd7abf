import * as v from "valibot";
import type { Position } from "./position.ts";

/** RFC 3339 UTC with milliseconds, the only form of a timestamp in any record. */
export const TimestampSchema = v.pipe(v.string(), v.regex(/^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));

const PositiveInt = v.pipe(v.number(), v.integer(), v.minValue(1));

export const PositionSchema = v.strictObject({
  line: PositiveInt,
  column: PositiveInt,
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

export const LevelSchema = v.picklist(["error", "warn", "info"]);
export type Level = v.InferOutput<typeof LevelSchema>;

/** diag.v1 (ami-tests §9): a finding about an input, or a fact about a case. Keys stand in this order. */
export const DiagnosticSchema = v.strictObject({
  schema: v.literal("diag.v1"),
  timestamp: TimestampSchema,
  level: LevelSchema,
  /** `E_…`, `W_…`; of a failed case the code that was raised, which is any text that the user chose (ami-tests §4, §5). */
  code: v.pipe(v.string(), v.nonEmpty()),
  message: v.string(),
  package: v.exactOptional(v.string()),
  file: v.exactOptional(v.string()),
  pos: v.exactOptional(PositionSchema),
  endPos: v.exactOptional(PositionSchema),
  data: v.exactOptional(v.record(v.string(), v.unknown())),
});
export type Diagnostic = v.InferOutput<typeof DiagnosticSchema>;

/** What a caller says of a finding; the rest of the record is derived. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  /** Default `error`. */
  readonly level?: Level;
  readonly package?: string | undefined;
  readonly file?: string | undefined;
  readonly pos?: Position | undefined;
  readonly endPos?: Position | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  /** Milliseconds of virtual time; default 0. */
  readonly atMs?: number;
  /** Instead of `atMs`: the timestamp of a record that this finding repeats. */
  readonly timestamp?: string;
}

/** Makes a diag.v1 record: keys in their order, `data` sorted at every depth, virtual time as its timestamp. */
export function diagnostic(finding: Finding): Diagnostic {
  const { package: pkg, file, pos, endPos, data } = finding;
  return {
    schema: "diag.v1",
    timestamp: finding.timestamp ?? virtualTimestamp(finding.atMs ?? 0),
    level: finding.level ?? "error",
    code: finding.code,
    message: finding.message,
    ...(pkg === undefined ? {} : { package: pkg }),
    ...(file === undefined ? {} : { file }),
    ...(pos === undefined ? {} : { pos: plainPosition(pos) }),
    ...(endPos === undefined ? {} : { endPos: plainPosition(endPos) }),
    ...(data === undefined ? {} : { data: sortedRecord(data) }),
  };
}

/** Milliseconds of 400 years: the calendar repeats after them. */
const CALENDAR_CYCLE = 146_097 * 86_400_000;

/**
 * The timestamp of a deterministic run: 1970-01-01 plus virtual milliseconds, whole and from 0 (DESIGN, determinism). A
 * test may sleep beyond the year 9999 and beyond what `Date` can hold; the year then has as many digits as it needs.
 */
export function virtualTimestamp(ms: number): string {
  const cycles = Math.floor(ms / CALENDAR_CYCLE);
  const date = new Date(ms - cycles * CALENDAR_CYCLE);
  return `${date.getUTCFullYear() + 400 * cycles}${date.toISOString().slice(4)}`;
}

/**
 * A copy of `data` whose object keys are sorted by UTF-16 code unit at every depth. JavaScript itself lists keys that
 * are whole numbers first and by value; a writer to whom that matters sorts the keys again (`canonical` of value does).
 */
export function sortedRecord(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(data).sort()) {
    if (data[key] === undefined) continue;
    // defineProperty, because a plain assignment to "__proto__" would be lost.
    Object.defineProperty(sorted, key, {
      value: sortedDeep(data[key]),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return sorted;
}

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (value !== null && typeof value === "object") return sortedRecord(value as Record<string, unknown>);
  return value;
}

function plainPosition(pos: Position): Position {
  return { line: pos.line, column: pos.column, offset: pos.offset };
}
