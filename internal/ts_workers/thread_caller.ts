import type { WorkerContext } from "../ami/mod.ts";
import { wall } from "../world/mod.ts";
import { answerQuestion, type Question } from "./answer_question.ts";
import { FROM_THREAD, type Letter, TO_THREAD } from "./letters.ts";
import { Mailbox, mailboxMemory } from "./mailbox.ts";
import type { ModulePolicy } from "./module_policy.ts";
import type { ThreadStart } from "./thread_start.ts";
import { threadUrl } from "./thread_url.ts";

/** How long a thread may take to start; a loaded machine needs a second. */
const START_MS = 30_000;

/** Where what workers print goes: whole lines. */
export type Print = (stream: "stdout" | "stderr", text: string) => void;

/** What is needed to answer the thread while it does something. */
export interface Answering {
  /** Absent where no worker is called. */
  readonly context?: WorkerContext;
  readonly print: Print;
}

/** A thread for TypeScript workers, as its caller sees it: a function that blocks until it has an answer. */
export class ThreadCaller {
  readonly #thread: Worker;
  readonly #mailbox: Mailbox;
  #deadline: number;

  /** Starts the thread, and waits until it listens. It never keeps the process alive. */
  constructor(policy: ModulePolicy) {
    const memory = mailboxMemory();
    this.#deadline = wall.monotonicMs() + START_MS;
    this.#mailbox = new Mailbox(memory, "caller", () => this.#deadline - wall.monotonicMs());
    this.#thread = new Worker(threadUrl());
    this.#thread.unref();
    // Else the process would end; that nothing can be asked any more is seen in the mailbox.
    this.#thread.onerror = (event) => event.preventDefault();
    const start: ThreadStart = { memory, policy };
    this.#thread.postMessage(start);
    this.#begin();
  }

  /** From now on `ask` throws OutOfPatience when so many real milliseconds are over. */
  allow(ms: number): void {
    this.#deadline = wall.monotonicMs() + ms;
  }

  /** Sends a letter and answers what the thread asks, until it has done what the letter says. */
  ask(kind: number, text: string, arg: number, split: number, { context, print }: Answering): Letter {
    const mailbox = this.#mailbox;
    mailbox.send(kind, text, arg, split);
    for (;;) {
      const letter = mailbox.receive();
      switch (letter.kind) {
        case FROM_THREAD.question: {
          const question: Question = JSON.parse(letter.text);
          const answer = context === undefined ? undefined : answerQuestion(question, context);
          mailbox.send(TO_THREAD.answer, answer === undefined ? "" : JSON.stringify(answer));
          break;
        }
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
      throw new Error("the thread for TypeScript workers did not start", { cause: error });
    }
  }

  /** Ends the thread, also in the middle of a call. */
  terminate(): void {
    this.#thread.terminate();
  }
}
