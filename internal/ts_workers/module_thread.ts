import { SILENCE, type WorkerContext, type WorkerEvent, WorkerFault, type WorkerFn } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";
import { FROM_THREAD, type Letter, TO_THREAD } from "./letters.ts";
import { OutOfPatience, ThreadEnded } from "./mailbox.ts";
import type { ModulePolicy } from "./module_policy.ts";
import { type Print, ThreadCaller } from "./thread_caller.ts";

/** An export of a worker module. */
export interface WorkerExport {
  /** Its own among those of its thread. */
  readonly number: number;
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** The module as its user knows it. */
  readonly shown: string;
}

type Result = Json | typeof SILENCE | WorkerFault;

/**
 * The thread of the modules with one policy, which is started at the first call, and replaced at the next one where a call does
 * not return.
 */
export class ModuleThread {
  readonly #policy: ModulePolicy;
  readonly #watchdogMs: number;
  #print: Print;
  #thread: ThreadCaller | undefined;
  #stale = false;
  /** The exports that the thread was told of, and why some of them cannot be called. */
  readonly #bound = new Map<number, WorkerFault | undefined>();

  constructor(policy: ModulePolicy, watchdogMs: number, print: Print) {
    this.#policy = policy;
    this.#watchdogMs = watchdogMs;
    this.#print = print;
  }

  /** From the next call on modules are evaluated anew, and print to `print`. */
  renew(print: Print): void {
    this.#print = print;
    this.#stale = this.#bound.size > 0;
  }

  worker(worker: WorkerExport): WorkerFn {
    return (event, context) => this.#call(worker, event, context);
  }

  /** Ends the thread; another call starts a new one. */
  close(): void {
    this.#thread?.terminate();
    this.#thread = undefined;
    this.#stale = false;
    this.#bound.clear();
  }

  #call(worker: WorkerExport, event: WorkerEvent, context: WorkerContext): Result {
    this.#thread ??= new ThreadCaller(this.#policy);
    const thread = this.#thread;
    try {
      thread.allow(this.#watchdogMs);
      if (this.#stale) this.#forget(thread);
      return this.#bind(thread, worker) ?? this.#result(thread, worker, event, context);
    } catch (error) {
      // The connection broke in the middle of something.
      this.close();
      if (error instanceof OutOfPatience) return new WorkerFault("E_WORKER_HANG", this.#hang(worker));
      if (error instanceof ThreadEnded) return new WorkerFault("E_WORKER_PANIC", `${shownOf(worker)} ended its thread`);
      throw error;
    }
  }

  #forget(thread: ThreadCaller): void {
    thread.ask(TO_THREAD.renew, "", 0, 0, { print: this.#print });
    this.#stale = false;
    this.#bound.clear();
  }

  /** Evaluates the worker's module if need be; why that failed, it does at every call. */
  #bind(thread: ThreadCaller, { number, path, name, shown }: WorkerExport): WorkerFault | undefined {
    if (this.#bound.has(number)) return this.#bound.get(number);
    const text = JSON.stringify([path, name, shown]);
    const letter = thread.ask(TO_THREAD.bind, text, number, 0, { print: this.#print });
    const fault = letter.kind === FROM_THREAD.fault ? faultIn(letter) : undefined;
    this.#bound.set(number, fault);
    return fault;
  }

  #result(thread: ThreadCaller, worker: WorkerExport, event: WorkerEvent, context: WorkerContext): Result {
    const payload = JSON.stringify(event.payload);
    const rest = JSON.stringify([event.id, event.time, event.attempt, event.trace, context.now()]);
    const answering = { context, print: this.#print };
    const letter = thread.ask(TO_THREAD.call, payload + rest, worker.number, payload.length, answering);
    switch (letter.kind) {
      case FROM_THREAD.same:
        return event.payload;
      case FROM_THREAD.payload:
        return JSON.parse(letter.text);
      case FROM_THREAD.silence:
        return SILENCE;
      default:
        return faultIn(letter);
    }
  }

  #hang(worker: WorkerExport): string {
    return `${shownOf(worker)} has not returned after ${this.#watchdogMs} ms`;
  }
}

function shownOf({ name, shown }: WorkerExport): string {
  return `the worker ${name} of ${shown}`;
}

function faultIn({ text }: Letter): WorkerFault {
  const [code, message]: readonly [string, string] = JSON.parse(text);
  return new WorkerFault(code, message);
}
