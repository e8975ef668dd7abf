import { Database } from "bun:sqlite";
import { StoreError } from "./store_error.ts";

/** A table of a concept. */
export interface StateTable {
  readonly name: string;
  /** Its CREATE TABLE statement. */
  readonly create: string;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly notnull: bigint;
  readonly pk: bigint;
}

/**
 * Those of `tables` that the database does not have yet.
 * @throws StoreError E_STATE_SCHEMA for one that is there with other columns (scenarios §6)
 */
export function missingStateTables(db: Database, tables: readonly StateTable[], path: string): readonly StateTable[] {
  return tables.filter(({ name, create }) => {
    const found = known(db, name);
    if (found === undefined) return true;
    if (found.type === "table" && found.sql === create) return false;
    const [has, wanted] = [found.type === "table" ? described(db, name) : "", declared(name, create)];
    if (has === wanted) return false;
    const is = found.type === "table" ? `a table ${name} with ${has}` : `the ${found.type} ${name}`;
    throw new StoreError(
      "E_STATE_SCHEMA",
      `${path} has ${is}; the spec has ${found.type === "table" ? "" : "a table with "}${wanted}`,
      "use another log, or the specs that this one was made with",
    );
  });
}

/** What has a name, in any letter case. */
function known(db: Database, name: string): { readonly type: string; readonly sql: string | null } | undefined {
  const sql = "SELECT type, sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE";
  return db.query<{ type: string; sql: string | null }, [string]>(sql).get(name) ?? undefined;
}

/** The columns that a statement would give, by asking SQLite itself. */
function declared(name: string, create: string): string {
  const scratch = new Database(":memory:", { strict: true, safeIntegers: true });
  try {
    scratch.run(create);
    return described(scratch, name);
  } finally {
    scratch.close();
  }
}

/**
 * `item_id TEXT key 1, isOpen INTEGER check(isOpen in(0,1))`: checks are what tells a bool from an int, and a text from an array.
 * Of columns that allow NULL, which no spec makes, it says so.
 */
function described(db: Database, table: string): string {
  const checks = checksOf(known(db, table)?.sql ?? "");
  return db
    .query<Column, [string]>('SELECT name, type, "notnull", pk FROM pragma_table_info(?)')
    .all(table)
    .map(({ name, type, notnull, pk }) => {
      const own = checks.filter((check) => check.toLowerCase().split(/\W/).includes(name.toLowerCase()));
      const key = pk === 0n ? [] : [`key ${pk}`];
      return [name, type, ...key, ...(notnull === 0n ? ["or NULL"] : []), ...own].join(" ");
    })
    .join(", ");
}

/** The CHECK constraints of a statement, in one way of writing. */
function checksOf(create: string): readonly string[] {
  const plain = create
    .replaceAll(/[`"[\]]/g, "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([(),=]) ?/g, "$1");
  // Up to three brackets deep: json_valid(c) AND json_type(c)='array'.
  return plain.match(/\bCHECK ?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gi) ?? [];
}
