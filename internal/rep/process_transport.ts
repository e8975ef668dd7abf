import type { ExecutorProcess } from "./executor_process.ts";
import { PLAIN_FRAMES } from "./frame_profile.ts";
import type { StderrTail } from "./stderr_tail.ts";
import type { Closed, Transport, TransportEnd, TransportListener } from "./transport.ts";

/** A process whose stdout has ended is given this long to end too; then it is one that lives on. */
const EXIT_FOLLOWS_MS = 100;
/** What a process that has ended wrote before is read; a grandchild that holds the pipe is not waited for. */
const DRAIN_MS = 60;
/** What is written after the session is over is dropped; more than this is a flood, whose pipe is closed. */
const DROPPED_BYTES = 1 << 20;

/** Frames on stdin and stdout of a process. */
export class ProcessTransport implements Transport {
  readonly frames = PLAIN_FRAMES;
  readonly #process: ExecutorProcess;
  #listener: TransportListener | undefined;
  #stdoutEnded: Promise<void> | undefined;
  #dropped = 0;

  constructor(process: ExecutorProcess) {
    this.#process = process;
  }

  get stderr(): StderrTail {
    return this.#process.stderr;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    this.#stdoutEnded = this.#process.readAll((bytes) => this.#received(bytes));
    this.#stdoutEnded.then(() => this.#afterStdout());
    this.#process.exited.then(() => this.#afterExit());
  }

  send(text: string): Promise<void> | undefined {
    return this.#process.write(text);
  }

  sendBytes(bytes: Uint8Array): Promise<void> | undefined {
    return this.#process.write(bytes);
  }

  end(): Promise<TransportEnd> {
    this.#listener = undefined;
    return this.#process.end();
  }

  #received(bytes: Uint8Array): void {
    if (this.#listener !== undefined) {
      this.#listener.received(bytes);
      return;
    }
    this.#dropped += bytes.length;
    if (this.#dropped > DROPPED_BYTES) this.#process.closeStdout();
  }

  async #afterStdout(): Promise<void> {
    const exit = this.#process.exit ?? (await this.#process.within(EXIT_FOLLOWS_MS, this.#process.exited));
    this.#close(exit === undefined ? { kind: "eof" } : { kind: "exit", exit });
  }

  async #afterExit(): Promise<void> {
    if (this.#stdoutEnded !== undefined) await this.#process.within(DRAIN_MS, this.#stdoutEnded);
    const { exit } = this.#process;
    if (exit !== undefined) this.#close({ kind: "exit", exit });
  }

  #close(reason: Closed): void {
    const listener = this.#listener;
    this.#listener = undefined;
    listener?.closed(reason);
  }
}
