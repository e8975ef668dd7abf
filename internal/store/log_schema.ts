import type { Database } from "bun:sqlite";
import v2 from "./log_migrate_v2.sql" with { type: "text" };
import v1 from "./log_schema_v1.sql" with { type: "text" };
import { StoreError } from "./store_error.ts";

/** `user_version` of the logs that this plumb writes (scenarios §6). */
export const LOG_VERSION = 2;

/** What a database file is to us: 0 has no table yet and may become a log, 1 and 2 are the versions of the log. */
export type LogVersion = 0 | 1 | 2;

const V1 = {
  invocations: [
    ...["id", "flow_token", "action_uri", "args", "seq"],
    ...["security_context", "spec_hash", "engine_version", "ir_version"],
  ],
  completions: ["id", "invocation_id", "output_case", "result", "seq", "security_context"],
  sync_firings: ["id", "completion_id", "sync_id", "binding_hash", "seq"],
  provenance_edges: ["id", "sync_firing_id", "invocation_id"],
};

const V2 = {
  invocations: [...V1.invocations, "at_ms", "request_key"],
  completions: [...V1.completions, "evaluated", "assumed"],
  sync_firings: [...V1.sync_firings, "bindings"],
  provenance_edges: V1.provenance_edges,
  flows: ["flow_token", "status", "error"],
};

/** The columns of each version; a log may have more. */
const COLUMNS: Record<1 | 2, Readonly<Record<string, readonly string[]>>> = { 1: V1, 2: V2 };

/** All tables of the log and their columns, in their order; of two, the one that refers to the other is the later. */
export const LOG_COLUMNS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(V2));

/** What the statements of the schema make, tables and indexes: no state table may be called so, in any letter case. */
export const LOG_NAMES: ReadonlySet<string> = new Set(
  [...`${v1}${v2}`.matchAll(/^CREATE (?:TABLE|INDEX|UNIQUE INDEX) (\w+)/gm)].map(([, name = ""]) => name),
);

/**
 * Says what a database is, without changing it.
 * @throws StoreError E_STORE_VERSION for a newer log, E_STORE_FORMAT for a database of something else
 */
export function logVersion(db: Database, path: string): LogVersion {
  const version = Number(value(db, "SELECT user_version AS value FROM pragma_user_version"));
  const tables = new Set(names(db, "SELECT name FROM sqlite_schema WHERE type = 'table'"));
  if (tables.size === 0 && version === 0) return 0;
  const isLog = Object.keys(V1).every((table) => tables.has(table));
  if (isLog && version > LOG_VERSION) {
    throw new StoreError(
      "E_STORE_VERSION",
      `${path} is an event log of version ${version}; this plumb knows versions up to ${LOG_VERSION}`,
      "use the plumb that wrote it, or a newer one",
    );
  }
  if (isLog && (version === 1 || (version === 2 && tables.has("flows"))) && hasColumns(db, version)) return version;
  throw new StoreError("E_STORE_FORMAT", `${path} is a database, but not an event log of plumb`);
}

/** Brings a database to the newest version: a new log runs both files, one of version 1 the second (scenarios §6). */
export function migrateLog(db: Database, from: LogVersion): void {
  // `run` executes every statement of a text; `query` would prepare the first one and ignore the rest (BUN.md).
  if (from < 1) db.run(v1);
  if (from < 2) db.run(v2);
}

function hasColumns(db: Database, version: 1 | 2): boolean {
  return Object.entries(COLUMNS[version]).every(([table, columns]) => {
    const found = names(db, "SELECT name FROM pragma_table_info(?)", table);
    return columns.every((column) => found.includes(column));
  });
}

function value(db: Database, sql: string): unknown {
  return db.query<{ value: unknown }, []>(sql).get()?.value;
}

function names(db: Database, sql: string, ...params: string[]): string[] {
  return db
    .query<{ name: string }, string[]>(sql)
    .all(...params)
    .map(({ name }) => name);
}
