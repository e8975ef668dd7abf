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
  return tables.filter((table) => {
    const found = columnsOf(db, table.name);
    if (found.length === 0) return true;
    const wanted = declaredColumns(table);
    if (describe(found) === describe(wanted)) return false;
    throw new StoreError(
      "E_STATE_SCHEMA",
      `${path} has a table ${table.name} with ${describe(found)}; the spec has ${describe(wanted)}`,
      "use another log, or the specs that this one was made with",
    );
  });
}

/** The columns that the statement would give, by asking SQLite itself. */
function declaredColumns({ name, create }: StateTable): readonly Column[] {
  const scratch = new Database(":memory:", { strict: true, safeIntegers: true });
  try {
    scratch.run(create);
    return columnsOf(scratch, name);
  } finally {
    scratch.close();
  }
}

function columnsOf(db: Database, table: string): readonly Column[] {
  return db.query<Column, [string]>('SELECT name, type, "notnull", pk FROM pragma_table_info(?)').all(table);
}

/** `item_id TEXT key, quantity INTEGER`; of columns that allow NULL, which no spec makes, it says so. */
function describe(columns: readonly Column[]): string {
  return columns
    .map(({ name, type, notnull, pk }) => {
      const key = pk === 0n ? "" : ` key ${pk}`;
      return `${name} ${type}${key}${notnull === 0n ? " or NULL" : ""}`;
    })
    .join(", ");
}
