import { resolve } from "node:path";
import { realPath } from "../files/mod.ts";
import { wall } from "../world/mod.ts";
import { makeLightLog } from "./light_log.ts";
import { LogReader } from "./log_reader.ts";
import { LOG_VERSION, logVersion } from "./log_schema.ts";
import { checkWritable, makeDurable, openForReading, openForWriting, openInMemory } from "./open_database.ts";
import type { StateTable } from "./state_tables.ts";
import { Store, type StoreOptions } from "./store.ts";
import { guarded, StoreError } from "./store_error.ts";
import { type LockWait, WriterLock } from "./writer_lock.ts";

export interface OpenOptions extends StoreOptions {
  /** How to wait for another writer; default: on the wall clock, 5 s. */
  readonly wait?: LockWait;
}

/**
 * Opens a log for writing: `:memory:`, or the path of a durable one, which is made if it is missing. Call `migrate` before
 * the first write. One process writes at a time (scenarios §6).
 * @throws StoreError E_STORE_BUSY, E_STORE_OPEN, E_STORE_FORMAT, E_STORE_VERSION
 */
export function openStore(path: string, options: OpenOptions = {}): Store {
  if (path === ":memory:") return new Store({ db: openInMemory(), path, version: 0 }, inMemory(options));
  // Whatever link leads to it: the lock is one, as the file is.
  const file = realPath(resolve(path));
  checkWritable(file, path);
  const lock = WriterLock.acquire(file, options.wait ?? { now: wall.monotonicMs });
  try {
    const db = guarded(path, () => openForWriting(file));
    try {
      const version = guarded(path, () => {
        const found = logVersion(db, path);
        makeDurable(db, path);
        return found;
      });
      return new Store({ db, path, version, release: () => lock.release() }, options);
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * A new log with these state tables, serialised: {@link openTemplate} makes copies of it, faster than their SQL would. It is
 * a light one; `serialize` of its copies makes them like any other.
 */
export function storeTemplate(tables: readonly StateTable[] = []): Uint8Array {
  const db = openInMemory();
  try {
    makeLightLog(db);
    for (const { create } of tables) db.run(create);
    return db.serialize();
  } finally {
    db.close();
  }
}

/** A new in-memory log: a copy of what {@link storeTemplate} made. */
export function openTemplate(template: Uint8Array, options: StoreOptions = {}): Store {
  return new Store(
    { db: openInMemory(template), path: ":memory:", version: LOG_VERSION, isNew: true },
    inMemory(options),
  );
}

function inMemory(options: StoreOptions): StoreOptions {
  return { commit: "save", ...options };
}

/** A log that is only read: one snapshot of it. */
export interface OpenedReader {
  readonly reader: LogReader;
  /** The version of the file; one of version 1 lacks what engine queries need. */
  readonly version: 1 | 2;
  readonly db: ReturnType<typeof openForReading>;
  close(): void;
}

/**
 * Opens a log for reading; never waits for a writer, never changes the file.
 * @throws StoreError E_STORE_MISSING, E_STORE_OPEN, E_STORE_FORMAT, E_STORE_VERSION
 */
export function openReader(path: string): OpenedReader {
  const db = openForReading(path);
  try {
    const version = guarded(path, () => logVersion(db, path));
    if (version === 0) throw new StoreError("E_STORE_FORMAT", `${path} is an empty database, not an event log`);
    return { reader: new LogReader(db, version), version, db, close: () => db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
}
