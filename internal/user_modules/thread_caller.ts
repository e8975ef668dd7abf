import { wall } from "../world/mod.ts";
import { FROM_THREAD, type Letter, TO_THREAD } from "./letters.ts";
import { Mailbox, mailboxMemory } from "./mailbox.ts";
import type { ModulePolicy } from "./module_policy.ts";
import type { ThreadStart } from "./thread_start.ts";

/** How long a thread may take to start; a loaded machine needs a second. */
const START_MS = 30_000;

/** The thread is looked after, and says that it is alive, so often within the watchdog's time; at least and at most these ms. */
const BEATS = 8;
const LEAST_BEAT_MS = 1;
const MOST_BEAT_MS = 100;

/** Where what modules print goes: the lines of `console`, and what is written to the streams of `process`. */
export type Print = (stream: "stdout" | "stderr", text: string) => void;

/** Answers a question of a thread; both texts are well-formed. */
export type Answer = (question: string) => string;

/** What the thread needs of its caller while it does something. */
export interface Answering {
  readonly answer: Answer;
  readonly print: Print;
}

/** A thread for modules of users, as its caller sees it: a function that blocks until it has an answer. */
export class ThreadCaller {
  readonly #thread: Worker;
  readonly #mailbox: Mailbox;
  readonly #watchdogMs: number;
  readonly #beatMs: number;
  #beats = 0;
  #deadline: number;

  /**
   * Starts the thread, and waits until it listens. It never keeps the process alive. `url` is that of its entry point, which calls
   * `serveModules` with the ThreadStart that it is sent.
   */
  constructor(url: URL, policy: ModulePolicy, watchdogMs: number) {
    const memory = mailboxMemory();
    this.#watchdogMs = watchdogMs;
    this.#beatMs = Math.min(Math.max(watchdogMs / BEATS, LEAST_BEAT_MS), MOST_BEAT_MS);
    this.#deadline = wall.monotonicMs() + START_MS;
    this.#mailbox = new Mailbox(memory, "caller", () => this.#patience());
    this.#thread = new Worker(url);
    this.#thread.unref();
    // Else the process would end; that nothing can be asked any more is seen in the mailbox.
    this.#thread.onerror = (event) => event.preventDefault();
    const start: ThreadStart = { memory, policy, beatMs: this.#beatMs };
    this.#thread.postMessage(start);
    this.#begin();
  }

  /** From now on `ask` throws OutOfPatience when the thread neither answers nor says that it is alive for the watchdog's time. */
  watch(): void {
    this.#deadline = wall.monotonicMs() + this.#watchdogMs;
  }

  /** Sends a letter and answers what the thread asks, until it has done what the letter says. */
  ask(kind: number, text: string, arg: number, split: number, { answer, print }: Answering): Letter {
    const mailbox = this.#mailbox;
    mailbox.send(kind, text, arg, split);
    for (;;) {
      const letter = mailbox.receive();
      switch (letter.kind) {
        case FROM_THREAD.question:
          mailbox.send(TO_THREAD.answer, answer(letter.text));
          break;
        case FROM_THREAD.print:
          print(letter.arg === 1 ? "stdout" : "stderr", letter.text);
          mailbox.send(TO_THREAD.answer);
          break;
        default:
          return letter;
      }
    }
  }

  #begin(): void {
    try {
      this.#mailbox.receive();
    } catch (error) {
      this.terminate();
      throw new Error("the thread for modules did not start", { cause: error });
    }
  }

  /** How long to wait before looking again. */
  #patience(): number {
    const { beats } = this.#mailbox;
    if (beats !== this.#beats) {
      this.#beats = beats;
      this.watch();
    }
    return Math.min(this.#deadline - wall.monotonicMs(), this.#beatMs);
  }

  /** Ends the thread, also in the middle of a call. */
  terminate(): void {
    this.#thread.terminate();
  }
}
