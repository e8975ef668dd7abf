import type { Database } from "bun:sqlite";
import v2 from "./log_migrate_v2.sql" with { type: "text" };
import v1 from "./log_schema_v1.sql" with { type: "text" };

// A log in memory is mostly written, read once at its end, and forgotten. What only readers need is left out of its tables until
// somebody reads, and what only files need until it is saved: the constraints and indexes below are half of the cost of a step.

/** Constraints that hold anyway: an engine that is alone with its log writes nothing twice. */
const LEFT_OUT: readonly (readonly [constraint: string, instead: string])[] = [
  ["invocation_id TEXT NOT NULL UNIQUE REFERENCES invocations", "invocation_id TEXT NOT NULL REFERENCES invocations"],
  [", UNIQUE (completion_id, sync_id, binding_hash)", ""],
  ["sync_firing_id INTEGER NOT NULL UNIQUE REFERENCES", "sync_firing_id INTEGER NOT NULL REFERENCES"],
];

/** What queries of the log search by. */
const FOR_READING = [
  "CREATE INDEX IF NOT EXISTS light_flow ON invocations(flow_token)",
  "CREATE INDEX IF NOT EXISTS light_completion ON completions(invocation_id)",
  "CREATE INDEX IF NOT EXISTS light_firing ON sync_firings(completion_id)",
  "CREATE INDEX IF NOT EXISTS light_edge ON provenance_edges(sync_firing_id)",
  "CREATE INDEX IF NOT EXISTS light_provenance ON provenance_edges(invocation_id)",
];

/** The tables of a log, with what they need in a database that is empty. Rows of one are copied to the next below. */
const TABLES = ["invocations", "completions", "sync_firings", "provenance_edges", "flows"] as const;

/** Makes the tables of a light log: those of a log, but for what is left out. Foreign keys are as in any log. */
export function makeLightLog(db: Database): void {
  db.run(LEFT_OUT.reduce((sql, [constraint, instead]) => sql.replace(constraint, instead), v1));
  db.run(v2);
  for (const name of indexesOf(db)) if (name !== "idx_invocations_request_key") db.run(`DROP INDEX ${name}`);
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
  for (const table of TABLES) db.run(`ALTER TABLE ${table} RENAME TO light_${table}`);
  for (const name of indexesOf(db)) db.run(`DROP INDEX ${name}`);
  db.run(v1);
  db.run(v2);
  for (const table of TABLES) {
    db.run(`INSERT INTO ${table} SELECT * FROM light_${table} ORDER BY rowid`);
    db.run(`DROP TABLE light_${table}`);
  }
  db.run("COMMIT");
  db.run("PRAGMA legacy_alter_table = OFF");
  db.run("PRAGMA foreign_keys = ON");
  // The pages of the light tables would be saved too.
  db.run("VACUUM");
}

/** Those that a statement made, of the log's tables; a constraint's own have none. */
function indexesOf(db: Database): readonly string[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
  return db
    .query<{ name: string }, []>(sql)
    .all()
    .map(({ name }) => name);
}
