import type { Database, SQLQueryBindings, Statement } from "bun:sqlite";

/** More than specs have; handlers may make up their texts as they go. */
const LIMIT = 1000;

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
    if (this.#prepared.size >= LIMIT) this.close();
    const statement = this.#db.prepare<unknown, SQLQueryBindings[]>(sql);
    this.#prepared.set(sql, statement);
    return statement;
  }

  /** Finalises all: before the database is closed, since what is not would keep its memory until the collector comes. */
  close(): void {
    for (const statement of this.#prepared.values()) statement.finalize();
    this.#prepared.clear();
  }
}
