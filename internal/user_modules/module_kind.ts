/** What modules of one kind are called in messages, and the codes of what is wrong with them. */
export interface ModuleKind {
  /** What each export is, such as `worker`; its module is a worker module. */
  readonly callable: string;
  readonly codes: {
    /** It imports or uses what reaches the host. */
    readonly forbidden: string;
    /** A file of it is missing or cannot be read as code. */
    readonly unusable: string;
    /** What shall be called is no function. */
    readonly noFunction: string;
    /** It threw, when it was loaded or called, or ended its thread. */
    readonly failed: string;
  };
  /** What would allow it to reach the host; follows `may not use process`. */
  readonly unless: string;
  /** What is called by a name; default: the export of that name. It may throw. */
  pick?(exports: Readonly<Record<string, unknown>>, name: string): unknown;
}
