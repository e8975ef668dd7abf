import type { ProcessExit, Transport } from "../rep/mod.ts";

/** The process behind a conversation, where there is one. */
export interface TestedProcess {
  /** Resolves when it has ended. */
  readonly exited: Promise<ProcessExit>;
  /** Once it has ended: somebody of its group was left. */
  readonly leftSomebody: boolean;
  closeStdin(): void;
  terminate(): void;
}

/** What of plumb's variables a process finds in its environment: those of a host, or none. */
export type Environment = "as of a host" | "bare";

/** A way to an executor, just opened. */
export interface OpenedExecutor {
  readonly transport: Transport;
  readonly process: TestedProcess | undefined;
}

/** What brings executors to be tested. */
export interface Bench {
  /** Each conversation is with a fresh process; else all are one. */
  readonly hasProcesses: boolean;
  /** How fast the way to it is; undefined: faster than anything that is tried. */
  readonly bytesPerSecond: number | undefined;
  /**
   * @throws FlowInputError E_EXECUTOR_PATH
   * @throws RepFault Connect
   */
  open(environment: Environment): Promise<OpenedExecutor>;
}
