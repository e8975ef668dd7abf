import type { Database } from "bun:sqlite";
import { quoted, type SpecType, type Table } from "../../concept/mod.ts";
import { parseJson, parseStrict, type Value } from "../../value/mod.ts";

/** A row by its columns. NULL, which only log tables have, is null. */
export type Row = { [column: string]: Value };

/** As SQLite hands it on; STRICT tables without REAL and BLOB columns hold text, integers and, in the log, NULL. */
type Column = string | bigint | number | Uint8Array | null;

/** The rows of a state table, or of a log table. */
export function tableRows(db: Database, name: string, tables: readonly Table[]): Row[] {
  const table = tables.find((state) => state.name === name);
  return table === undefined ? logRows(db, name) : stateRows(db, table);
}

/** The rows of a state table in key order (else rowid), their values with declared types (scenarios.md §9). */
export function stateRows(db: Database, table: Table): Row[] {
  const { name, columns, order } = table;
  const select = columns.map((column) => quoted(column.name)).join(", ");
  const rows = db.query<unknown, []>(`SELECT ${select} FROM ${quoted(name)} ORDER BY ${order.join(", ")}`).values();
  return rows.map((values) =>
    Object.fromEntries(columns.map((column, index) => [column.name, declared(column.type, values[index] ?? null)])),
  );
}

/** The keys of the log tables (scenarios.md §6). */
const LOG_KEYS: Readonly<Record<string, string>> = { flows: "flow_token" };

/** The rows of a log table in key order, as they are stored: text and integers. */
function logRows(db: Database, table: string): Row[] {
  const rows = db
    .query<Record<string, Column>, []>(`SELECT * FROM ${quoted(table)} ORDER BY ${quoted(LOG_KEYS[table] ?? "id")}`)
    .all();
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([column, value]) => [column, stored(value)])));
}

function declared(type: SpecType, value: Column): Value {
  switch (type.kind) {
    case "bool":
      return value === 1n;
    case "string":
    case "int":
      return stored(value);
    case "array":
    case "list":
    case "object":
      return typeof value === "string" ? parsed(value) : stored(value);
  }
}

function stored(value: Column): Value {
  if (value instanceof Uint8Array) return value.toHex();
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** SQL may have built a text of the general profile, which a column cannot refuse. */
function parsed(text: string): Value {
  try {
    return parseStrict(text);
  } catch {
    return parseJson(text);
  }
}
