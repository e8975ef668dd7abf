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
    const { number, name, shown } = called;
    const unusable = this.load(called);
    if (unusable !== undefined) return unusable;
    const says = { shown: `the ${this.#options.kind.callable} ${name} of ${shown}`, late: "has not returned" };
    return this.#watched(says, (thread) =>
      thread.ask(TO_THREAD.call, text, number, split, { answer, print: this.#print }),
    );
  }

  /** Evaluates the module of an export, unless that was done: why that failed, or the export cannot be called; a `fault`. */
  load(called: ModuleExport): Letter | undefined {
    const { number, shown } = called;
    if (!this.#stale && this.#bound.has(number)) return this.#bound.get(number);
    return this.#watched({ shown, late: "has not loaded" }, (thread) => {
      if (this.#stale) this.#forget(thread);
      return this.#bind(thread, called);
    });
  }

  /** Does something in the thread within the watchdog's time. */
  #watched<T>(says: { readonly shown: string; readonly late: string }, work: (thread: ThreadCaller) => T): T | Letter {
    const { kind, url, policy, watchdogMs } = this.#options;
    this.#thread ??= new ThreadCaller(url, policy, watchdogMs);
    try {
      this.#thread.watch();
      return work(this.#thread);
    } catch (error) {
      // The connection broke in the middle of something.
      this.close();
      const { shown, late } = says;
      if (error instanceof OutOfPatience) return fault("E_WORKER_HANG", `${shown} ${late} after ${watchdogMs} ms`);
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
