import { Database } from "bun:sqlite";
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { errorText } from "../diag/mod.ts";
import { guarded, StoreError } from "./store_error.ts";

// Without `strict` a missing parameter is NULL; without `safeIntegers` large integers lose digits (BUN.md).
const OPTIONS = { strict: true, safeIntegers: true } as const;

/**
 * A log that is not there yet is made, its folder is not; what is there must be a file that may be written. SQLite opens one
 * that may not be written for reading instead, and says so at the first write only. `path` is what messages call `file`.
 * @throws StoreError E_STORE_OPEN
 */
export function checkWritable(file: string, path: string): void {
  if (!existsSync(dirname(file))) {
    throw new StoreError("E_STORE_OPEN", `${path} cannot be made: its folder does not exist`, "make the folder first");
  }
  if (!existsSync(file)) return;
  if (!statSync(file).isFile()) throw new StoreError("E_STORE_OPEN", `${path} is not a regular file`);
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new StoreError("E_STORE_OPEN", `${path} cannot be written: ${errorText(error)}`, undefined, { cause: error });
  }
}

/** Opens or makes the file of a durable log, without writing to one that is there. */
export function openForWriting(file: string): Database {
  const db = new Database(file, { ...OPTIONS, create: true, readwrite: true });
  db.run("PRAGMA busy_timeout = 5000");
  return db;
}

/**
 * The settings of a durable log (scenarios §6). WAL is written into the file, so look at what the file is before. `path` is what
 * messages call it.
 * @throws StoreError E_STORE_OPEN
 */
export function makeDurable(db: Database, path: string): void {
  const mode = db.query<{ journal_mode: string }, []>("PRAGMA journal_mode = WAL").get()?.journal_mode;
  // SQLite says so by staying as it was.
  if (mode !== "wal") {
    throw new StoreError(
      "E_STORE_OPEN",
      `${path} lies where SQLite cannot keep a WAL, such as on a network file system`,
    );
  }
  db.run("PRAGMA synchronous = FULL");
  db.run("PRAGMA foreign_keys = ON");
  // Pages of random keys are met again and again: 64 MiB hold the indexes of some 100,000 events.
  db.run("PRAGMA cache_size = -65536");
  // A checkpoint writes and syncs every page once more: 80 MB of WAL between two instead of 4 made it 2.5 times faster.
  db.run("PRAGMA wal_autocheckpoint = 20000");
}

/** An in-memory database from a serialised one, or an empty one. */
export function openInMemory(template?: Uint8Array): Database {
  const db = template === undefined ? new Database(":memory:", OPTIONS) : Database.deserialize(template, OPTIONS);
  db.run("PRAGMA foreign_keys = ON");
  db.run("PRAGMA synchronous = OFF");
  // Pages beyond the default 2 MiB would be copied to and fro; what is not used is not taken.
  db.run("PRAGMA cache_size = -262144");
  return db;
}

/**
 * Opens a log to read what was committed when it was opened, whatever is written meanwhile: one snapshot until it is
 * closed. No byte of the file changes.
 * @throws StoreError E_STORE_MISSING, E_STORE_OPEN, E_STORE_FORMAT
 */
export function openForReading(path: string): Database {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new StoreError("E_STORE_MISSING", `${path} does not exist`);
  if (!stat.isFile()) throw new StoreError("E_STORE_OPEN", `${path} is not a regular file`);
  return guarded(path, () => {
    const db = openReadOnly(path);
    // In WAL mode no writer holds a reader up; the time is for the moment in which another process recovers the WAL.
    db.run("PRAGMA busy_timeout = 1000");
    db.run("BEGIN");
    return db;
  });
}

/** A WAL file needs `-wal` and `-shm` beside it; where they cannot be made and nothing waits in them, the file is all. */
function openReadOnly(path: string): Database {
  const db = new Database(path, { ...OPTIONS, readonly: true });
  try {
    db.query("SELECT count(*) FROM sqlite_schema").get();
    return db;
  } catch (error) {
    db.close();
    const wal = statSync(`${path}-wal`, { throwIfNoEntry: false });
    const isUnwritable = error instanceof Error && "code" in error && /CANTOPEN|READONLY/.test(String(error.code));
    if (!isUnwritable || (wal !== undefined && wal.size > 0)) throw error;
    return openCopy(path);
  }
}

/**
 * The bytes of a log as an in-memory database. The header says "WAL" in bytes 18 and 19, which such a database cannot be.
 */
export function openCopy(path: string): Database {
  const bytes = readFileSync(path);
  if (bytes[18] === 2) bytes.fill(1, 18, 20);
  return Database.deserialize(bytes, { ...OPTIONS, readonly: true });
}
