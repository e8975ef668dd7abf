import { isHealthy, RepFault, type RunStop, type TransportEnd } from "../rep/mod.ts";
import type { RunRequest } from "./engine.ts";
import { ExecutorSession } from "./executor_session.ts";
import type { ExecutorSetup } from "./executor_setup.ts";

/** An executor for one run. */
export interface ExecutorLease {
  readonly executor: ExecutorSession;
  /**
   * The run is over; undefined: the executor is kept.
   * @param isStuck it never said how the run ended, so that it may still be at it
   */
  release(isStuck: boolean): Promise<TransportEnd | undefined>;
}

/** Where runs get their executors. */
export interface ExecutorSource {
  /**
   * @throws FlowInputError E_EXECUTOR_PATH
   * @throws RepFault
   * @throws StopReason where the run has to end before
   */
  take(request: RunRequest, stop: RunStop): Promise<ExecutorLease>;
  /** Ends what is kept. */
  close(): Promise<void>;
}

/** One executor a run (flows §13, Start). */
export class FreshExecutors implements ExecutorSource {
  readonly #setup: ExecutorSetup;

  constructor(setup: ExecutorSetup) {
    this.#setup = setup;
  }

  async take(request: RunRequest, stop: RunStop): Promise<ExecutorLease> {
    const executor = await ExecutorSession.open(this.#setup, request, stop);
    return { executor, release: () => executor.end() };
  }

  async close(): Promise<void> {
    // Each went with its run.
  }
}

/**
 * One executor for all runs: asked for its health before each, started again where it is ill or gone, ended at the end (flows §13,
 * reuse).
 */
export class KeptExecutor implements ExecutorSource {
  readonly #setup: ExecutorSetup;
  readonly #retired = new Set<ExecutorSession>();
  #kept: Promise<ExecutorSession> | undefined;

  constructor(setup: ExecutorSetup) {
    this.#setup = setup;
  }

  /** A run that has to end leaves what it waited for to the next one. */
  async take(request: RunRequest, stop: RunStop): Promise<ExecutorLease> {
    const known = this.#kept;
    const executor = await stop.race(known === undefined ? this.#open(request) : this.#checked(known, request));
    return { executor, release: (isStuck) => this.#release(executor, isStuck) };
  }

  async close(): Promise<void> {
    const kept = this.#kept;
    this.#kept = undefined;
    await (await kept?.catch(() => undefined))?.end();
  }

  #open(request: RunRequest): Promise<ExecutorSession> {
    const opened = ExecutorSession.open(this.#setup, request);
    this.#kept = opened;
    opened.catch(() => {
      if (this.#kept === opened) this.#kept = undefined;
    });
    return opened;
  }

  async #checked(known: Promise<ExecutorSession>, request: RunRequest): Promise<ExecutorSession> {
    const executor = await known;
    if (await isFit(executor)) return executor;
    await executor.end();
    // Several runs may have found it ill at once.
    if (this.#kept === known) return await this.#open(request);
    return await (this.#kept ?? this.#open(request));
  }

  /** One that has failed, or is stuck in a run, gets no more of them, and ends when its last one has left. */
  async #release(executor: ExecutorSession, isStuck: boolean): Promise<TransportEnd | undefined> {
    const hasFailed = executor.session.fault !== undefined;
    if (hasFailed || isStuck) {
      this.#retired.add(executor);
      if ((await this.#kept?.catch(() => undefined)) === executor) this.#kept = undefined;
    }
    if (!this.#retired.has(executor) || (executor.isBusy && !hasFailed)) return undefined;
    this.#retired.delete(executor);
    return await executor.end();
  }
}

async function isFit({ session }: ExecutorSession): Promise<boolean> {
  if (session.fault !== undefined) return false;
  try {
    return await isHealthy(session);
  } catch (error) {
    if (error instanceof RepFault) return false;
    throw error;
  }
}
