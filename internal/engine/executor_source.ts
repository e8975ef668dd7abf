import { isHealthy, RepFault, type TransportEnd } from "../rep/mod.ts";
import type { RunRequest } from "./engine.ts";
import { ExecutorSession } from "./executor_session.ts";
import type { ExecutorSetup } from "./executor_setup.ts";

/** An executor for one run. */
export interface ExecutorLease {
  readonly executor: ExecutorSession;
  /** The run is over; undefined: the executor is kept. */
  release(): Promise<TransportEnd | undefined>;
}

/** Where runs get their executors. */
export interface ExecutorSource {
  /**
   * @throws FlowInputError E_EXECUTOR_PATH
   * @throws RepFault
   */
  take(request: RunRequest): Promise<ExecutorLease>;
  /** Ends what is kept. */
  close(): Promise<void>;
}

/** One executor a run (flows §13, Start). */
export class FreshExecutors implements ExecutorSource {
  readonly #setup: ExecutorSetup;

  constructor(setup: ExecutorSetup) {
    this.#setup = setup;
  }

  async take(request: RunRequest): Promise<ExecutorLease> {
    const executor = await ExecutorSession.open(this.#setup, request);
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
  #kept: Promise<ExecutorSession> | undefined;

  constructor(setup: ExecutorSetup) {
    this.#setup = setup;
  }

  async take(request: RunRequest): Promise<ExecutorLease> {
    const known = this.#kept;
    const executor = known === undefined ? await this.#open(request) : await this.#checked(known, request);
    return { executor, release: () => this.#release(executor) };
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

  /** One whose session has failed goes; the next run gets another. */
  async #release(executor: ExecutorSession): Promise<TransportEnd | undefined> {
    if (executor.session.fault === undefined) return undefined;
    if ((await this.#kept?.catch(() => undefined)) === executor) this.#kept = undefined;
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
