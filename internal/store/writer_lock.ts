import { Database } from "bun:sqlite";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { isDead, readOwner, thisOwner, writeOwner } from "./lock_owner.ts";
import { pause } from "./pause.ts";
import { guarded, StoreError } from "./store_error.ts";

/** How a writer waits for another one. */
export interface LockWait {
  /** Milliseconds that never fall. */
  readonly now: () => number;
  /** The longest wait in ms; default 5000 (scenarios §6). */
  readonly waitMs?: number;
  /** Lets some milliseconds pass; a test need not. */
  readonly pause?: (ms: number) => void;
}

const WAIT_MS = 5000;
const POLL_MS = 20;

/** Locks that this process holds: its own process id says nothing about who else in it has one. */
const held = new Set<string>();

/**
 * The writer lock of a log: the file `<log>.lock`, from open to close (scenarios §6). The lock of a dead owner is taken
 * over. Readers do not know it.
 */
export class WriterLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Waits for the lock of the log at `log` and takes it.
   * @throws StoreError E_STORE_BUSY after the wait, E_STORE_OPEN if the lock's file cannot be made
   */
  static acquire(log: string, wait: LockWait): WriterLock {
    const path = `${log}.lock`;
    const { waitMs = WAIT_MS, now } = wait;
    const until = now() + waitMs;
    while (!tryAcquire(log, path)) {
      if (now() >= until) throw busy(log, path, waitMs);
      (wait.pause ?? pause)(POLL_MS);
    }
    held.add(path);
    return new WriterLock(path);
  }

  release(): void {
    if (!held.delete(this.#path)) return;
    rmSync(this.#path, { force: true });
  }
}

/** No file: no owner. A file that is not ours, cannot be read, or is being removed, has an owner that we cannot judge. */
function tryAcquire(log: string, path: string): boolean {
  if (held.has(path)) return false;
  const isThere = existsSync(path);
  if (isThere && !ownerIsDead(path)) return false;
  // The file appears with its content, so that nobody ever reads half of it.
  const mine = draft(path, process.pid);
  try {
    writeFileSync(mine, writeOwner(thisOwner()));
    return isThere ? takeOver(log, path, mine) : link(mine, path);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError("E_STORE_OPEN", `the writer lock ${path} cannot be made: ${why}`, undefined, { cause: error });
  } finally {
    rmSync(mine, { force: true });
  }
}

function draft(path: string, pid: number): string {
  return `${path}.${pid}`;
}

/** True if the link was made: then nobody had the lock. */
function link(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Two processes may find the same dead owner. The one that has SQLite's own write lock on the log, which ends with its
 * holder whatever happens, looks once more and puts its file in place; the other then sees a living owner.
 */
function takeOver(log: string, path: string, mine: string): boolean {
  return guarded(log, () => {
    using db = new Database(log, { create: true, readwrite: true });
    db.run("PRAGMA busy_timeout = 1000");
    db.run("BEGIN IMMEDIATE");
    try {
      const owner = ownerAt(path);
      if (owner === undefined || !ownerIsDead(path)) return false;
      // It may have been killed while it had both files.
      if (owner !== "torn" && owner.pid !== process.pid) rmSync(draft(path, owner.pid), { force: true });
      renameSync(mine, path);
      return true;
    } finally {
      db.run("ROLLBACK");
    }
  });
}

function ownerIsDead(path: string): boolean {
  const owner = ownerAt(path);
  if (owner === undefined) return false;
  if (owner === "torn") return true;
  // With our own process id and no lock of ours it is left over from a process of an earlier container.
  return owner.pid === process.pid ? !held.has(path) : isDead(owner);
}

function ownerAt(path: string) {
  try {
    return readOwner(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function busy(log: string, path: string, waitMs: number): StoreError {
  const owner = ownerAt(path);
  const isKnown = owner !== undefined && owner !== "torn";
  const who = isKnown ? `process ${owner.pid}` : "another process";
  return new StoreError(
    "E_STORE_BUSY",
    `${log} is being written by ${who}; waited ${waitMs} ms for it to end`,
    isKnown ? undefined : `if nobody writes the log, remove ${path}`,
  );
}
