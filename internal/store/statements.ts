import type { Database, SQLQueryBindings, Statement } from "bun:sqlite";

/**
 * Prepared statements of one database by their text. `Database.query` keeps no more than twenty and searches them one by
 * one; specs have as many as they like.
 */
export class Statements {
  readonly #db: Database;
  readonly #prepared = new Map<string, Statement<unknown, SQLQueryBindings[]>>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Parameters are given by position: SQLite numbers named ones in the order in which the text first has them. */
  get(sql: string): Statement<unknown, SQLQueryBindings[]> {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = this.#db.prepare<unknown, SQLQueryBindings[]>(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** Before the database is closed: what is not finalised would keep its memory until the collector comes. */
  close(): void {
    for (const statement of this.#prepared.values()) statement.finalize();
    this.#prepared.clear();
  }
}
