import type { Capabilities } from "../rep/mod.ts";
import {
  type Handshake,
  openTransport,
  RepSession,
  type RunStop,
  shakeHands,
  type Transport,
  type TransportEnd,
} from "../rep/mod.ts";
import type { RunRequest } from "./engine.ts";
import { executorEnvironment } from "./executor_environment.ts";
import type { ExecutorSetup } from "./executor_setup.ts";

/** What a run hears of its executor. */
export interface ExecutorHearer {
  warned(code: string, message: string): void;
  console(text: string): void;
}

/** An executor that was opened. Several runs may share it. */
export class ExecutorSession {
  readonly session: RepSession;
  readonly #transport: Transport;
  readonly #hearers = new Set<ExecutorHearer>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #handshake: Promise<Handshake> | undefined;
  #capabilities: Capabilities | undefined;

  private constructor(transport: Transport, { alarms, callTimeoutMs, maxFrameBytes }: ExecutorSetup) {
    this.#transport = transport;
    const listener: ExecutorHearer = {
      warned: (code, message) => {
        for (const hearer of this.#hearers) hearer.warned(code, message);
      },
      console: (text) => {
        for (const hearer of this.#hearers) hearer.console(text);
      },
    };
    this.session = new RepSession({ transport, alarms, callTimeoutMs, maxFrameBytes, listener });
  }

  /**
   * Starts an executor, or connects to it.
   * @throws FlowInputError E_EXECUTOR_PATH
   * @param stop ends the opening too; undefined: it is not for this run only
   * @throws RepFault Connect, Exit
   */
  static async open(setup: ExecutorSetup, request: RunRequest, stop?: RunStop): Promise<ExecutorSession> {
    const { executor, address, cwd, alarms, callTimeoutMs: connectMs } = setup;
    const env = executorEnvironment(setup, request);
    return new ExecutorSession(await openTransport({ address, executor, cwd, env, alarms, connectMs, stop }), setup);
  }

  get stderr(): Transport["stderr"] {
    return this.#transport.stderr;
  }

  /** What it can; undefined until it was asked, or where it gave no valid answer. */
  get capabilities(): Capabilities | undefined {
    return this.#capabilities;
  }

  /**
   * Asks what it can, once: of an answer that is of no use, the next run asks again.
   * @throws RepFault
   */
  shakeHands(): Promise<Handshake> {
    this.#handshake ??= this.#ask();
    return this.#handshake;
  }

  /** Runs are on it, or wait for that. */
  get isBusy(): boolean {
    return this.#running > 0 || this.#waiting.length > 0;
  }

  /**
   * Waits until less than `concurrency` runs are on it. What comes back ends the run's stay.
   * @throws StopReason where the run has to end before
   */
  async enter(concurrency: number, stop: RunStop): Promise<() => void> {
    if (this.#running < concurrency) this.#running += 1;
    else await this.#wait(stop);
    return () => {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    };
  }

  /** Resolves when a run that leaves hands over its place. */
  #wait(stop: RunStop): Promise<void> {
    return new Promise((resolve, reject) => {
      const take = (): void => {
        off();
        resolve();
      };
      this.#waiting.push(take);
      const off = stop.onStop((reason) => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        reject(reason);
      });
    });
  }

  /** What it says from now on is heard, until the returned function is called. */
  hear(hearer: ExecutorHearer): () => void {
    this.#hearers.add(hearer);
    return () => this.#hearers.delete(hearer);
  }

  end(): Promise<TransportEnd> {
    return this.session.end();
  }

  async #ask(): Promise<Handshake> {
    const handshake = await shakeHands(this.session);
    if (handshake.kind === "capable") this.#capabilities = handshake.capabilities;
    else this.#handshake = undefined;
    return handshake;
  }
}
