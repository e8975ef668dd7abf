import { writeSync } from "node:fs";

/** The reader of a stream is gone (EPIPE): plumb ends quietly with 141 (DESIGN, exit codes). */
export class ClosedPipe extends Error {
  override readonly name = "ClosedPipe";
}

/** A stream cannot be written for another reason, such as a full disk. */
export class WriteFailed extends Error {
  override readonly name = "WriteFailed";
}

export interface OutputOptions {
  /** Bytes that are gathered before a write; 0 (the default) writes at once. */
  readonly buffer?: number;
  /** Another stream whose kept text goes out first, so that the order holds where both end up in one place. */
  readonly after?: Output;
  /** What cannot be written, for whatever reason, is lost silently: a log that nobody gets is no reason to stop. */
  readonly mayBeLost?: boolean;
  /** `fs.writeSync`: writes what fits, returns how many bytes, throws with a `code`. */
  readonly write?: (fd: number, bytes: Uint8Array) => number;
  /** Called before a retry on a full non-blocking pipe. */
  readonly pause?: () => void;
}

/**
 * A stream of text. Everything that plumb prints goes through here, with `fs.writeSync`: `process.stdout` costs 6.5 ms
 * to touch and hangs on a closed pipe, `console.log` does not notice one (BUN.md, process behaviour).
 */
export class Output {
  #pending: string[] = [];
  #pendingLength = 0;
  #closed = false;
  readonly #fd: number;
  readonly #options: OutputOptions;

  constructor(fd: number, options: OutputOptions = {}) {
    this.#fd = fd;
    this.#options = options;
  }

  /**
   * Writes a text, or keeps it until there is enough for one write.
   *
   * @throws ClosedPipe, WriteFailed
   */
  write(text: string): void {
    if (text === "") return;
    this.#pending.push(text);
    this.#pendingLength += text.length;
    if (this.#pendingLength > (this.#options.buffer ?? 0)) this.flush();
  }

  /** Writes bytes at once, after what is kept. */
  writeBytes(bytes: Uint8Array): void {
    this.flush();
    if (!this.#closed) this.#writeAll(bytes);
  }

  /** Writes what is kept. What could not be written is dropped, so that a second flush does not fail again. */
  flush(): void {
    this.#options.after?.flush();
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(""));
    this.#pending = [];
    this.#pendingLength = 0;
    if (!this.#closed) this.#writeAll(bytes);
  }

  #writeAll(bytes: Uint8Array): void {
    const write = this.#options.write ?? writeSync;
    for (let at = 0; at < bytes.length; ) {
      try {
        at += write(this.#fd, bytes.subarray(at));
      } catch (error) {
        if (errorCode(error) === "EAGAIN") {
          (this.#options.pause ?? pauseOneMillisecond)();
        } else {
          this.#closed = true;
          this.#giveUp(error);
          return;
        }
      }
    }
  }

  #giveUp(error: unknown): void {
    if (this.#options.mayBeLost === true) return;
    const stream = streamName(this.#fd);
    if (errorCode(error) === "EPIPE") throw new ClosedPipe(`${stream} was closed by its reader`);
    throw new WriteFailed(`cannot write to ${stream}: ${errorText(error)}`, { cause: error });
  }
}

/**
 * The thread sleeps until the reader had a chance to take something; retrying at once would burn a core. It is no part
 * of any run's time: what is written, and in which order, does not depend on it.
 */
function pauseOneMillisecond(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function streamName(fd: number): string {
  return fd === 1 ? "stdout" : fd === 2 ? "stderr" : `file descriptor ${fd}`;
}
