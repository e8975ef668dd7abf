import { expect, test } from "bun:test";
import { LOG_TABLES, openStore } from "../../store/mod.ts";
import { LOG_COLUMNS } from "./log_columns.ts";

test("the tables and columns are those of a new log", () => {
  const store = openStore(":memory:");
  store.migrate();
  const columns = [...LOG_TABLES].map((table) => {
    const rows: readonly unknown[] = store.db.query(`SELECT name FROM pragma_table_info('${table}')`).values();
    return [table, rows.flat()] as const;
  });
  store.close();
  expect(new Map(columns)).toEqual(new Map([...LOG_COLUMNS].map(([table, names]) => [table, [...names]])));
});
