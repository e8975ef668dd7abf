import type { Alarms } from "../world/mod.ts";
import { RepFault } from "./fault.ts";

/** The caller's signal came before the end of the run. */
export class RunCancelled extends Error {
  override readonly name = "RunCancelled";
}

/** What ended a run: `Timeout`, or its cancelling. */
export type StopReason = RepFault | RunCancelled;

export interface RunStopOptions {
  readonly alarms: Alarms;
  /** Milliseconds of the whole run, from now on; undefined: no limit. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What ends a run that does not end by itself: its time limit, which counts from the start of the run, or the caller's signal, whichever
 * comes first (flows §13, Run and Cancel). Everything that a run waits for waits with it.
 */
export class RunStop {
  readonly timeoutMs: number | undefined;
  readonly #tasks = new Set<(reason: StopReason) => void>();
  readonly #off: () => void;
  #reason: StopReason | undefined;

  constructor({ alarms, timeoutMs, signal }: RunStopOptions) {
    this.timeoutMs = timeoutMs;
    const onAbort = (): void => this.#stop(new RunCancelled("the run was cancelled"));
    const onTimeout = (): void => this.#stop(new RepFault("Timeout", `the run took longer than ${timeoutMs} ms`));
    const alarmOff = timeoutMs === undefined ? undefined : alarms.after(timeoutMs, onTimeout);
    this.#off = () => {
      alarmOff?.();
      signal?.removeEventListener("abort", onAbort);
    };
    if (signal?.aborted === true) onAbort();
    else signal?.addEventListener("abort", onAbort);
  }

  /** Undefined: the run may go on. */
  get reason(): StopReason | undefined {
    return this.#reason;
  }

  /** Calls `task` once when the run has to end, at once where it has to already; what it returns takes that back. */
  onStop(task: (reason: StopReason) => void): () => void {
    if (this.#reason !== undefined) task(this.#reason);
    else this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /**
   * Resolves as `promise` does, unless the run has to end before. What was waited for may still go wrong; nobody asks any more.
   * @throws StopReason (as a rejection)
   */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const off = this.onStop(reject);
      promise.then(resolve, reject).finally(off);
    });
  }

  /** The run has ended: nothing stops it any more. */
  dispose(): void {
    this.#off();
    this.#tasks.clear();
  }

  #stop(reason: StopReason): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#off();
    const tasks = [...this.#tasks];
    this.#tasks.clear();
    for (const task of tasks) task(reason);
  }
}
