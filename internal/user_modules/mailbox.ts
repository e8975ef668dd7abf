import type { Letter } from "./letters.ts";

/** Whose turn it is: the value of the word that both sides wait on. */
const TURN_OF = { caller: 0, thread: 1 } as const;

/** The words of the control memory. */
const TURN = 0;
const KIND = 1;
const ARG = 2;
const SPLIT = 3;
const BYTES = 4;
/** 1: the text goes on in the next turn. */
const MORE = 5;
/** 1: the thread has ended, and nobody will answer. */
const ENDED = 6;
/** Counts what the thread does while it waits for something of its own. */
const BEATS = 7;
const WORDS = 8;

/** Longer texts are sent in parts of this many bytes. */
const CAPACITY = 1 << 16;
/** No UTF-16 unit of a well-formed text takes more bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** How long a thread that waits for its turn holds on before it lets its event loop run. */
const IDLE_MS = 2;

export interface MailboxMemory {
  readonly control: SharedArrayBuffer;
  readonly bytes: SharedArrayBuffer;
}

/** Memory for a new connection: the thread sends the first letter. */
export function mailboxMemory(): MailboxMemory {
  const control = new SharedArrayBuffer(WORDS * Int32Array.BYTES_PER_ELEMENT);
  new Int32Array(control)[TURN] = TURN_OF.thread;
  return { control, bytes: new SharedArrayBuffer(CAPACITY) };
}

/** The other side did not answer in time. */
export class OutOfPatience extends Error {}

/** The thread has ended by itself. */
export class ThreadEnded extends Error {}

/**
 * A synchronous connection of two threads: each writes a letter into the shared memory, hands over the turn, and blocks until
 * it is its own again. Messages of workers cannot do this: they come only when the event loop runs.
 */
export class Mailbox {
  readonly #control: Int32Array;
  readonly #bytes: Buffer;
  readonly #mine: number;
  readonly #theirs: number;
  readonly #patience: () => number;

  /**
   * `patience` says at each wait how many ms it may take; at none or less it has run out.
   * `send` and `receive` throw OutOfPatience or ThreadEnded; the letter is lost and the connection cannot be used any more.
   */
  constructor(memory: MailboxMemory, side: keyof typeof TURN_OF, patience: () => number = () => Infinity) {
    this.#control = new Int32Array(memory.control);
    this.#bytes = Buffer.from(memory.bytes);
    this.#mine = TURN_OF[side];
    this.#theirs = TURN_OF[side === "caller" ? "thread" : "caller"];
    this.#patience = patience;
  }

  /** Sends a letter. `text` is well-formed: JSON always is. */
  send(kind: number, text = "", arg = 0, split = 0): void {
    const control = this.#control;
    control[KIND] = kind;
    control[ARG] = arg;
    control[SPLIT] = split;
    if (text.length * MAX_BYTES_PER_UNIT <= CAPACITY) this.#pass(text === "" ? 0 : this.#bytes.write(text), false);
    else this.#sendParts(Buffer.from(text));
  }

  /** Waits for a letter. */
  receive(): Letter {
    this.#await();
    const control = this.#control;
    const more = this.#word(MORE) === 1;
    const text = more ? this.#receiveParts() : this.#bytes.toString("utf8", 0, this.#word(BYTES));
    return { kind: control[KIND] ?? 0, arg: this.#word(ARG), split: this.#word(SPLIT), text };
  }

  /** Waits for the turn, and lets the event loop of this thread run if that takes a while. */
  async idle(): Promise<void> {
    const { value } =
      Atomics.wait(this.#control, TURN, this.#theirs, IDLE_MS) === "timed-out"
        ? Atomics.waitAsync(this.#control, TURN, this.#theirs)
        : { value: undefined };
    await value;
  }

  /** Says, at any time, that this thread is alive although it does not answer. */
  beat(): void {
    Atomics.add(this.#control, BEATS, 1);
  }

  /** How often the other side said so; the number may go around. */
  get beats(): number {
    return Atomics.load(this.#control, BEATS);
  }

  /** Says that this thread ends, at any time. */
  abandon(): void {
    this.#control[ENDED] = 1;
    this.#handOver();
  }

  #sendParts(bytes: Buffer): void {
    for (let start = 0; start < bytes.length; start += CAPACITY) {
      const end = Math.min(start + CAPACITY, bytes.length);
      bytes.copy(this.#bytes, 0, start, end);
      this.#pass(end - start, end < bytes.length);
      if (end < bytes.length) this.#await();
    }
  }

  #receiveParts(): string {
    const parts: Buffer[] = [];
    for (;;) {
      parts.push(Buffer.from(this.#bytes.subarray(0, this.#word(BYTES))));
      if (this.#word(MORE) === 0) return Buffer.concat(parts).toString("utf8");
      this.#handOver();
      this.#await();
    }
  }

  #word(index: number): number {
    return this.#control[index] ?? 0;
  }

  #pass(bytes: number, more: boolean): void {
    this.#control[BYTES] = bytes;
    this.#control[MORE] = more ? 1 : 0;
    this.#handOver();
  }

  #handOver(): void {
    Atomics.store(this.#control, TURN, this.#theirs);
    Atomics.notify(this.#control, TURN);
  }

  #await(): void {
    while (Atomics.load(this.#control, TURN) !== this.#mine && this.#word(ENDED) === 0) {
      const ms = this.#patience();
      if (ms <= 0) throw new OutOfPatience();
      Atomics.wait(this.#control, TURN, this.#theirs, ms);
    }
    if (this.#word(ENDED) === 1) throw new ThreadEnded();
  }
}
