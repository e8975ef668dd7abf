import { SQLiteError } from "bun:sqlite";

export type StoreErrorCode =
  /** There is no such file, and only writers make one. */
  | "E_STORE_MISSING"
  /** The file or its folder cannot be opened or made. */
  | "E_STORE_OPEN"
  /** The file is no event log, or a damaged one. */
  | "E_STORE_FORMAT"
  /** The log was written by a newer plumb. */
  | "E_STORE_VERSION"
  /** Another process writes the log. */
  | "E_STORE_BUSY"
  /** The disk is full or fails while the log is written. */
  | "E_STORE_WRITE"
  /** A state table is there with other columns than the spec's. */
  | "E_STATE_SCHEMA"
  /** The flow is failed or imported. */
  | "E_FLOW_CLOSED"
  /** An id that is not that of its content, or that refers to nothing. */
  | "E_STORE_ID";

/** An event log that cannot be used, or a write that it refuses (scenarios §6, §11). Exit 2, blame `environment`. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(
    readonly code: StoreErrorCode,
    message: string,
    /** What to do, where that can be said. */
    readonly help?: string | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What SQLite's result codes mean for a log; others are bugs of the caller and stay what they are. */
const MEANINGS: readonly (readonly [prefix: string, code: StoreErrorCode, says: string])[] = [
  ["SQLITE_NOTADB", "E_STORE_FORMAT", "is not an event log"],
  ["SQLITE_CORRUPT", "E_STORE_FORMAT", "is damaged"],
  ["SQLITE_BUSY", "E_STORE_BUSY", "is locked by another process"],
  ["SQLITE_LOCKED", "E_STORE_BUSY", "is locked by another process"],
  ["SQLITE_CANTOPEN", "E_STORE_OPEN", "cannot be opened"],
  ["SQLITE_PERM", "E_STORE_OPEN", "cannot be opened"],
  ["SQLITE_AUTH", "E_STORE_OPEN", "cannot be opened"],
  ["SQLITE_READONLY", "E_STORE_OPEN", "cannot be written"],
  ["SQLITE_FULL", "E_STORE_WRITE", "cannot be written: the disk is full"],
  ["SQLITE_IOERR", "E_STORE_WRITE", "cannot be read or written"],
];

/** The error that SQLite threw while it worked on `path`, as one of the store; anything else comes back as it is. */
export function storeError(error: unknown, path: string): unknown {
  if (!(error instanceof SQLiteError)) return error;
  const meaning = MEANINGS.find(([prefix]) => error.code?.startsWith(prefix));
  if (meaning === undefined) return error;
  const [, code, says] = meaning;
  return new StoreError(code, `${path} ${says} (${error.message})`, undefined, { cause: error });
}

/** Runs `work` on the log at `path`, with what SQLite throws turned into errors of the store. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeError(error, path);
  }
}

/** Whether an error is one of the log itself and not of what someone asked of it: no flow can be blamed for it. */
export function isStoreFault(error: unknown): boolean {
  return storeError(error, "") instanceof StoreError;
}
