import { Database } from "bun:sqlite";
import { didYouMean } from "../diag/mod.ts";
import type { Table } from "./concept.ts";
import type { SqlFault } from "./sql_rules.ts";
import type { SqlToken } from "./sql_tokens.ts";

/** Tables that this SQLite has in every database. Not json_each and json_tree, which tell of their args alone. */
const BUILT_IN = ["dbstat", "fts3tokenize"];
/** A view of what is not there, in the place of a built-in table, is an unknown table to whoever reads it. */
const HIDDEN = " is built in";

/** An empty database that has only the tables which a snippet may use (scenarios.md §3): what SQLite says of it counts. */
export class SqlProbe {
  readonly #database = new Database(":memory:", { strict: true, safeIntegers: true });
  readonly #tables: readonly Table[];
  readonly #owners: ReadonlyMap<string, string>;

  /** @param owners lower-case name of any loaded table → its concept, for messages */
  constructor(tables: readonly Table[], owners: ReadonlyMap<string, string>) {
    this.#tables = tables;
    this.#owners = owners;
    const made = new Set<string>();
    for (const { name, ddl } of tables) {
      // Of two tables with one name, which is an error already, the first counts.
      if (!made.has(name.toLowerCase())) this.#database.run(ddl);
      made.add(name.toLowerCase());
    }
    for (const name of BUILT_IN) {
      if (!made.has(name)) this.#database.run(`CREATE VIEW ${name} AS SELECT 1 FROM \`${name}${HIDDEN}\``);
    }
  }

  /**
   * Prepares one statement, without running it. Names are expected in backticks ({@link inBackticks}).
   *
   * @param tokens those of the snippet, to find a place; @param shift how much of `sql` stands before the snippet
   */
  fault(sql: string, tokens: readonly SqlToken[], shift: number): SqlFault | undefined {
    try {
      this.#database.prepare(sql).finalize();
      return undefined;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const byteOffset = "byteOffset" in error && typeof error.byteOffset === "number" ? error.byteOffset : -1;
      const index = byteOffset < 0 ? undefined : Buffer.from(sql).subarray(0, byteOffset).toString().length - shift;
      return this.#faultOf(error.message, tokens, index);
    }
  }

  close(): void {
    this.#database.close();
  }

  #whyNoTable(name: string, here: readonly string[]): string {
    if (here.some((own) => own.toLowerCase() === name.toLowerCase())) {
      return `${name} is named alone, without the name of a database before it`;
    }
    const owner = this.#owners.get(name.toLowerCase());
    if (owner === undefined) return `no table of the name ${name} is declared`;
    return `only the concept's own tables can be used here, not ${name}: it belongs to ${owner}`;
  }

  #faultOf(said: string, tokens: readonly SqlToken[], given: number | undefined): SqlFault {
    const table = /^no such table: (.*)$/s.exec(said)?.[1];
    const column = /^no such column: (.*)$/s.exec(said)?.[1] ?? /^table .* has no column named (.*)$/s.exec(said)?.[1];
    const name = (table ?? column)?.split(".").at(-1)?.replace(HIDDEN, "");
    const index = Math.max(0, given ?? placeOf(name, tokens));
    if (table !== undefined && name !== undefined) {
      const names = this.#tables.map((own) => own.name);
      const message = this.#whyNoTable(name, names);
      return { code: "E_SPEC_SQL_TABLE", message, index, help: didYouMean(name, names) };
    }
    if (column !== undefined && name !== undefined) {
      const names = this.#tables.flatMap(({ columns }) => columns.map((own) => own.name));
      const help = didYouMean(name, names);
      return { code: "E_SPEC_SQL_COLUMN", message: `there is no column ${column} here`, index, help };
    }
    return { code: "E_SPEC_SQL_SYNTAX", message: `SQLite cannot read this: ${said}`, index };
  }
}

function placeOf(name: string | undefined, tokens: readonly SqlToken[]): number {
  const wanted = name?.toLowerCase();
  return tokens.find((token) => token.kind === "name" && token.name.toLowerCase() === wanted)?.start ?? 0;
}
