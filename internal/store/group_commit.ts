import type { Database } from "bun:sqlite";
import { type CrashPoint, killSelf } from "./crash_at.ts";
import { StoreError } from "./store_error.ts";

/** When units become durable (scenarios §5). */
export interface CommitOptions {
  /**
   * `group` (the default): units share a commit until one is due. `each`: every unit is one. `save`: only `save` commits, for
   * logs in memory, which nobody can lose: SQLite copies every page that a commit touched.
   */
  readonly commit?: "group" | "each" | "save";
  /** Milliseconds that never fall, from wherever. */
  readonly now: () => number;
  /** Makes every unit a commit of its own, and kills at one of them. */
  readonly crashAt?: CrashPoint | undefined;
  /** What kills; a test may only want to know. */
  readonly kill?: () => void;
}

const MAX_UNITS = 1000;
const MAX_MS = 5;

/**
 * Units of writes in transactions of SQLite. A unit is all or nothing: it is a savepoint in the transaction that it shares
 * with its neighbours, and what a failing one wrote is undone while theirs stays. Nobody may be told of a unit before
 * `flush` has returned.
 */
export class GroupCommit {
  readonly #db: Database;
  readonly #options: CommitOptions;
  readonly #each: boolean;
  #units = 0;
  #since = 0;
  #inUnit = false;
  #hasSavepoint = false;
  #lost = false;
  #commits = 0;

  constructor(db: Database, options: CommitOptions) {
    this.#db = db;
    this.#options = options;
    this.#each = options.commit === "each" || options.crashAt !== undefined;
  }

  get isOpen(): boolean {
    return this.#inUnit;
  }

  /** How many commits were made. */
  get commits(): number {
    return this.#commits;
  }

  /**
   * Begins a unit; commits what came before it if that is due. One that cannot be undone costs two thirds: a savepoint
   * makes SQLite keep a copy of every page that the unit touches.
   */
  begin(canUndo = true): void {
    if (this.#inUnit) throw new Error("a unit is open already");
    if (this.#lost) throw lost();
    if (this.#units > 0 && this.#isDue()) this.flush();
    if (this.#units === 0) {
      // IMMEDIATE: a lock that cannot be had is known before anything is written.
      this.#db.query("BEGIN IMMEDIATE").run();
      this.#since = this.#options.now();
    }
    if (canUndo) this.#db.query("SAVEPOINT unit").run();
    this.#hasSavepoint = canUndo;
    this.#inUnit = true;
  }

  /** Ends a unit that succeeded. */
  end(): void {
    this.#leave();
    if (this.#hasSavepoint) this.#db.query("RELEASE unit").run();
    this.#units++;
    if (this.#each) this.flush();
  }

  /**
   * Undoes a unit, and nothing else.
   * @throws StoreError E_STORE_WRITE if more than that was undone: the log has to be opened again
   */
  undo(): void {
    this.#leave();
    // SQLite itself rolls everything back on some errors, such as a full disk.
    if (!this.#db.inTransaction || !this.#hasSavepoint) {
      this.abandon();
      throw lost();
    }
    this.#db.query("ROLLBACK TO unit").run();
    this.#db.query("RELEASE unit").run();
    if (this.#units === 0) this.#db.query("ROLLBACK").run();
  }

  /**
   * Commits all units that have ended: at quiescence, and before anybody is told of them. If that fails, they are lost: what
   * SQLite kept of them would be a second, later commit that nobody asked for.
   */
  flush(): void {
    if (this.#options.commit !== "save" || this.#each) this.save();
  }

  /** Commits whatever there is. */
  save(): void {
    if (this.#inUnit) throw new Error("a unit is open; it cannot be committed");
    if (this.#units === 0) return;
    const { crashAt, kill = killSelf } = this.#options;
    const isLast = crashAt?.commit === this.#commits + 1;
    if (isLast && crashAt.when === "before") kill();
    try {
      this.#db.query("COMMIT").run();
    } catch (error) {
      this.abandon();
      throw error;
    }
    this.#units = 0;
    this.#commits++;
    if (isLast && crashAt.when === "after") kill();
  }

  /** Gives up what is not committed, as a crash would. The log has to be opened again. */
  abandon(): void {
    this.#inUnit = false;
    this.#units = 0;
    this.#lost = true;
    if (this.#db.inTransaction) this.#db.query("ROLLBACK").run();
  }

  #isDue(): boolean {
    if (this.#options.commit === "save") return false;
    return this.#units >= MAX_UNITS || this.#options.now() - this.#since >= MAX_MS;
  }

  #leave(): void {
    if (!this.#inUnit) throw new Error("no unit is open");
    this.#inUnit = false;
  }
}

function lost(): StoreError {
  return new StoreError("E_STORE_WRITE", "what was not committed is lost (the disk may be full); open the log again");
}
