import { guarded, type OpenOptions, openStore, type Store } from "../../internal/store/mod.ts";
import { Engine, type EngineOptions, type Program } from "../../internal/sync/mod.ts";

/** How a durable log is worked on. */
export interface SessionOptions extends Omit<EngineOptions, "store"> {
  /** Absolute. */
  readonly path: string;
  readonly program: Program;
  readonly log: OpenOptions;
}

/**
 * Opens a durable log, makes what its specs need in it, and hands it to `work` with an engine. Whatever `work` throws leaves the
 * log as a kill would, and free for others.
 *
 * @throws StoreError for a log that cannot be used
 */
export function withLog<T>({ path, log, ...options }: SessionOptions, work: (engine: Engine, store: Store) => T): T {
  const store = openStore(path, log);
  try {
    store.migrate(options.program.stateTables);
    const done = guarded(path, () => work(new Engine({ ...options, store }), store));
    // Before anybody is told: who is told may want the log at once.
    store.close();
    return done;
  } catch (error) {
    store.abandon();
    throw error;
  }
}
