import { FROM_THREAD } from "./letters.ts";
import type { Mailbox } from "./mailbox.ts";

/** UTF-16 units that are printed for one call; the rest is dropped, with a word. */
const MOST_PRINTED = 1 << 20;

type Printed = readonly [stream: 1 | 2, text: string];

/** The thread's end of the connection while something is asked of it: its questions, and what it prints. */
export class CallerLine {
  readonly #mailbox: Mailbox;
  /** How often `beat` shall be called by who waits, in real ms. */
  readonly beatMs: number;
  /** Printed between two calls, when nobody listens. */
  #waiting: Printed[] = [];
  #open = false;
  #left = MOST_PRINTED;

  constructor(mailbox: Mailbox, beatMs: number) {
    this.#mailbox = mailbox;
    this.beatMs = beatMs;
  }

  /** A case or run ends: what was printed since its last call belongs to no other. */
  forget(): void {
    this.#waiting = [];
  }

  /** Tells the watchdog that the thread waits for something of its own. */
  beat(): void {
    this.#mailbox.beat();
  }

  /** A letter has come. */
  begin(): void {
    this.#open = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [stream, text] of waiting) this.#send(stream, text);
    this.#left = MOST_PRINTED;
  }

  /** Ends what the letter asked for. */
  end(kind: number, text = ""): void {
    this.#open = false;
    this.#left = MOST_PRINTED;
    this.#mailbox.send(kind, text);
  }

  /** Asks the caller, and blocks until it has answered. `question` is well-formed. */
  readonly ask = (question: string): string => {
    this.#mailbox.send(FROM_THREAD.question, question);
    return this.#mailbox.receive().text;
  };

  /** A line to print: 1 is stdout, 2 stderr. */
  readonly print = (stream: 1 | 2, text: string): void => this.write(stream, `${text}\n`);

  /** The same for a text that need not be a line. */
  readonly write = (stream: 1 | 2, text: string): void => {
    if (this.#left <= 0) return;
    this.#left -= text.length;
    const shown = this.#left > 0 ? text : "(the rest of what this call printed is left out)\n";
    if (this.#open) this.#send(stream, shown);
    else this.#waiting.push([stream, shown]);
  };

  #send(stream: 1 | 2, text: string): void {
    this.#mailbox.send(FROM_THREAD.print, text.toWellFormed(), stream);
    this.#mailbox.receive();
  }
}
