import { FROM_THREAD, type Letter, TO_THREAD } from "./letters.ts";
import { OutOfPatience, ThreadEnded } from "./mailbox.ts";
import type { ModuleKind } from "./module_kind.ts";
import type { ModulePolicy } from "./module_policy.ts";
import { faultOf } from "./outcome.ts";
import { type Answer, type Print, ThreadCaller } from "./thread_caller.ts";

/** An export of a module. */
export interface ModuleExport {
  /** Its own among those of its thread. */
  readonly number: number;
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** The module as its user knows it. */
  readonly shown: string;
}

/** Unless told otherwise (cli.md, `--watchdog`), in real milliseconds. */
export const WATCHDOG_MS = 10_000;

export interface ModuleThreadOptions {
  readonly kind: ModuleKind;
  /** The thread's entry point. */
  readonly url: URL;
  readonly policy: ModulePolicy;
  /** Real milliseconds after which a call that neither returns nor waits for something of its own is E_WORKER_HANG. */
  readonly watchdogMs: number;
  readonly print: Print;
}

/** No question is asked while modules are loaded. */
const UNASKED: Answer = () => "";

/**
 * The thread of the modules with one policy, which is started at the first call, and replaced at the next one where a call does
 * not return.
 */
export class ModuleThread {
  readonly #options: ModuleThreadOptions;
  #print: Print;
  #thread: ThreadCaller | undefined;
  #stale = false;
  /** The exports that the thread was told of, and why some of them cannot be called. */
  readonly #bound = new Map<number, Letter | undefined>();

  constructor(options: ModuleThreadOptions) {
    this.#options = options;
    this.#print = options.print;
  }

  /** From the next call on modules are evaluated anew, and print to `print`. */
  renew(print: Print): void {
    this.#print = print;
    this.#stale = this.#bound.size > 0;
  }

  /** Ends the thread; another call starts a new one. */
  close(): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    this.#stale = false;
    this.#bound.clear();
  }

  /**
   * Calls an export: how the call ended in the thread's own words, or a `fault`, which may also be that the module cannot be
   * loaded, that the thread ended, or E_WORKER_HANG. What `answer` and `print` throw is thrown.
   */
  call(called: ModuleExport, text: string, split: number, answer: Answer): Letter {
    const { kind, url, policy, watchdogMs } = this.#options;
    this.#thread ??= new ThreadCaller(url, policy, watchdogMs);
    const thread = this.#thread;
    try {
      thread.watch();
      if (this.#stale) this.#forget(thread);
      return (
        this.#bind(thread, called) ??
        thread.ask(TO_THREAD.call, text, called.number, split, { answer, print: this.#print })
      );
    } catch (error) {
      // The connection broke in the middle of something.
      this.close();
      const shown = `the ${kind.callable} ${called.name} of ${called.shown}`;
      if (error instanceof OutOfPatience)
        return fault("E_WORKER_HANG", `${shown} has not returned after ${watchdogMs} ms`);
      if (error instanceof ThreadEnded) return fault(kind.codes.failed, `${shown} ended its thread`);
      throw error;
    }
  }

  #forget(thread: ThreadCaller): void {
    thread.ask(TO_THREAD.renew, "", 0, 0, { answer: UNASKED, print: this.#print });
    this.#stale = false;
    this.#bound.clear();
  }

  /** Evaluates the module if need be; why that failed, it does at every call. */
  #bind(thread: ThreadCaller, { number, path, name, shown }: ModuleExport): Letter | undefined {
    if (this.#bound.has(number)) return this.#bound.get(number);
    const text = JSON.stringify([path, name, shown]);
    const letter = thread.ask(TO_THREAD.bind, text, number, 0, { answer: UNASKED, print: this.#print });
    const failed = letter.kind === FROM_THREAD.fault ? letter : undefined;
    this.#bound.set(number, failed);
    return failed;
  }
}

function fault(code: string, message: string): Letter {
  return { ...faultOf(new Error(message), code), arg: 0, split: 0 };
}
