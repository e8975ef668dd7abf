import type { Database } from "bun:sqlite";
import v2 from "./log_migrate_v2.sql" with { type: "text" };
import { LOG_COLUMNS } from "./log_schema.ts";
import v1 from "./log_schema_v1.sql" with { type: "text" };

// A log in memory is mostly written, read once at its end, and forgotten. What only readers need is left out of its tables until
// somebody reads, and what only files need until it is saved: the constraints and indexes below are half of the cost of a step.

/** Constraints that hold anyway: an engine that is alone with its log writes nothing twice. */
const LEFT_OUT: readonly (readonly [constraint: string, instead: string])[] = [
  ["invocation_id TEXT NOT NULL UNIQUE REFERENCES invocations", "invocation_id TEXT NOT NULL REFERENCES invocations"],
  [", UNIQUE (completion_id, sync_id, binding_hash)", ""],
  ["sync_firing_id INTEGER NOT NULL UNIQUE REFERENCES", "sync_firing_id INTEGER NOT NULL REFERENCES"],
];

/** What queries of the log search by. No state table has a name with a space in it (scenarios §2). */
const FOR_READING = [
  "CREATE INDEX IF NOT EXISTS `light flow` ON invocations(flow_token)",
  "CREATE INDEX IF NOT EXISTS `light completion` ON completions(invocation_id)",
  "CREATE INDEX IF NOT EXISTS `light firing` ON sync_firings(completion_id)",
  "CREATE INDEX IF NOT EXISTS `light edge` ON provenance_edges(sync_firing_id)",
  "CREATE INDEX IF NOT EXISTS `light provenance` ON provenance_edges(invocation_id)",
];

/** Makes the tables of a light log: those of a log, but for what is left out. Foreign keys are as in any log. */
export function makeLightLog(db: Database): void {
  db.run(LEFT_OUT.reduce((sql, [constraint, instead]) => sql.replace(constraint, instead), v1));
  db.run(v2);
  for (const name of indexesOf(db)) if (name !== "idx_invocations_request_key") db.run(`DROP INDEX \`${name}\``);
}

/** What a light log lacks at the moment. */
export class LightLog {
  readonly #db: Database;
  #isLight = true;
  #lacksIndexes = true;

  constructor(db: Database) {
    this.#db = db;
  }

  get lacksIndexes(): boolean {
    return this.#lacksIndexes;
  }

  /** Before the first query that searches the log; writing is slower from here on. */
  index(): void {
    for (const sql of FOR_READING) this.#db.run(sql);
    this.#lacksIndexes = false;
  }

  /** A unit was undone, in which indexes may have been made. */
  undone(): void {
    this.#lacksIndexes = this.#isLight;
  }

  /** Before it is saved. */
  complete(): void {
    if (this.#isLight) makeFullLog(this.#db);
    this.#isLight = false;
    this.#lacksIndexes = false;
  }
}

/** Makes a light log one like any other, to the letter of its schema, before it is saved. Not within a transaction. */
function makeFullLog(db: Database): void {
  db.run("PRAGMA foreign_keys = OFF");
  // Else the references to a renamed table would go with it.
  db.run("PRAGMA legacy_alter_table = ON");
  db.run("BEGIN");
  for (const table of LOG_COLUMNS.keys()) db.run(`ALTER TABLE ${table} RENAME TO ${light(table)}`);
  for (const name of indexesOf(db)) db.run(`DROP INDEX \`${name}\``);
  db.run(v1);
  db.run(v2);
  for (const table of LOG_COLUMNS.keys()) {
    db.run(`INSERT INTO ${table} SELECT * FROM ${light(table)} ORDER BY rowid`);
    db.run(`DROP TABLE ${light(table)}`);
  }
  db.run("COMMIT");
  db.run("PRAGMA legacy_alter_table = OFF");
  db.run("PRAGMA foreign_keys = ON");
  // The pages of the light tables would be saved too.
  db.run("VACUUM");
}

/** A name that no state table has. */
function light(table: string): string {
  return `\`light ${table}\``;
}

/** Those that a statement made, of the log's tables; a constraint's own have none. */
function indexesOf(db: Database): readonly string[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
  return db
    .query<{ name: string }, []>(sql)
    .all()
    .map(({ name }) => name);
}
