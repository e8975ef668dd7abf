/** What the modules of a thread may do. */
export interface ModulePolicy {
  /** The world's time is virtual: nothing may happen between two calls. */
  readonly virtual: boolean;
  /** Imports are not restricted, and the globals that reach the host can be used. */
  readonly open: boolean;
}
