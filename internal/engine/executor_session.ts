import type { Capabilities } from "../rep/mod.ts";
import {
  type Handshake,
  openTransport,
  RepSession,
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
   * @throws RepFault Connect
   */
  static async open(setup: ExecutorSetup, request: RunRequest): Promise<ExecutorSession> {
    const { executor, address, cwd, alarms, callTimeoutMs: connectMs } = setup;
    const env = executorEnvironment(setup, request);
    return new ExecutorSession(await openTransport({ address, executor, cwd, env, alarms, connectMs }), setup);
  }

  get stderr(): Transport["stderr"] {
    return this.#transport.stderr;
  }

  /** What it can; undefined until it was asked, or where it gave no valid answer. */
  get capabilities(): Capabilities | undefined {
    return this.#capabilities;
  }

  /**
   * Asks what it can, once.
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

  /** Waits until less than `concurrency` runs are on it. What comes back ends the run's stay. */
  async enter(concurrency: number): Promise<() => void> {
    while (this.#running >= concurrency) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running += 1;
    return () => {
      this.#running -= 1;
      this.#waiting.shift()?.();
    };
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
    return handshake;
  }
}
