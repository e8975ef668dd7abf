import type { Field } from "./concept.ts";
import type { SpecType } from "./spec_type.ts";

/** The CREATE TABLE statement of a state table: STRICT, nothing NULL, types as scenarios.md §3 maps them. */
export function tableDdl(name: string, columns: readonly Field[], key: readonly string[]): string {
  const lines = columns.map((column) => `  ${quoted(column.name)} ${columnType(quoted(column.name), column.type)}`);
  if (key.length > 0) lines.push(`  PRIMARY KEY (${key.map(quoted).join(", ")})`);
  return `CREATE TABLE ${quoted(name)} (\n${lines.join(",\n")}\n) STRICT${isRowidAlias(columns, key) ? ", WITHOUT ROWID" : ""}`;
}

/** A lone INTEGER key would be another name of the rowid, which SQLite makes up where an INSERT leaves it out. */
function isRowidAlias(columns: readonly Field[], key: readonly string[]): boolean {
  const kind = columns.find(({ name }) => name === key[0])?.type.kind;
  return key.length === 1 && (kind === "int" || kind === "bool");
}

function columnType(column: string, type: SpecType): string {
  switch (type.kind) {
    case "string":
      return "TEXT NOT NULL";
    case "int":
      return "INTEGER NOT NULL";
    case "bool":
      return `INTEGER NOT NULL CHECK (${column} IN (0,1))`;
    case "array":
    case "list":
      return `TEXT NOT NULL CHECK (json_valid(${column}) AND json_type(${column})='array')`;
    case "object":
      return `TEXT NOT NULL CHECK (json_valid(${column}) AND json_type(${column})='object')`;
  }
}

/** What makes every order of rows total: the table's key, else its rowid, by whichever of its names is no column. */
export function rowOrder(columns: readonly Field[], key: readonly string[]): readonly string[] {
  if (key.length > 0) return key.map(quoted);
  const taken = columns.map(({ name }) => name.toLowerCase());
  const free = ["rowid", "_rowid_", "oid"].find((name) => !taken.includes(name));
  return free === undefined ? columns.map(({ name }) => quoted(name)) : [free];
}

/** A name as SQL reads it, whatever keyword it is. Backticks: in double quotes an unknown one would be a string. */
export function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
