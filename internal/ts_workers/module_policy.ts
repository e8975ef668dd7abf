/** What the modules of a thread may do (pipelines §4). */
export interface ModulePolicy {
  /** The world's time is virtual: the machine's clocks, chance and timers throw E_WORKER_NONDETERMINISTIC. */
  readonly virtual: boolean;
  /** Imports are not restricted, and the globals `Bun` and `process` can be used; else E_WORKER_IO. */
  readonly open: boolean;
}
