import type { SpecSet } from "../concept/mod.ts";
import type { Batch } from "./batches.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import { Pulse } from "./pulse.ts";
import { ThreadHang } from "./thread_hang.ts";
import type { FromWorker, NumberedSpecs, ToWorker } from "./worker_messages.ts";
import { workerUrl } from "./worker_url.ts";

interface Job {
  readonly batch: Batch;
  /** A case at which the thread gives no sign of life for longer hangs. */
  readonly patienceMs: readonly number[];
  readonly resolve: (outcomes: readonly CaseOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

/** A thread, and what was seen of it when somebody last looked. */
interface Watched {
  readonly pulse: Pulse;
  beats: number;
  /** When the beats were first seen to be so many; undefined: the batch has not begun. */
  sinceMs: number | undefined;
}

/** Worker threads that run batches; a thread that dies, however it does, is replaced, and only its batch fails. */
export class ThreadPool {
  readonly #options: CaseOptions;
  readonly #specSets: readonly SpecSet[];
  readonly #size: number;
  readonly #startThread: () => Worker;
  /** Every thread that lives, and what it runs. */
  readonly #threads = new Map<Worker, Job | undefined>();
  readonly #watched = new WeakMap<Worker, Watched>();
  /** The spec sets that a thread has got, by their number. */
  readonly #sent = new WeakMap<Worker, Set<number>>();
  readonly #waiting: Job[] = [];

  constructor(
    size: number,
    options: CaseOptions,
    specSets: readonly SpecSet[] = [],
    startThread: () => Worker = () => new Worker(workerUrl()),
  ) {
    this.#size = size;
    this.#specSets = specSets;
    this.#options = options;
    this.#startThread = startThread;
  }

  /**
   * The outcomes of a batch; rejects if its thread failed, with ThreadHang if it gave no sign of life for the
   * `patienceMs` of the case that it was at. Batches start in the order of the calls.
   */
  run(batch: Batch, patienceMs: readonly number[] = []): Promise<readonly CaseOutcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, patienceMs, resolve, reject });
      this.#dispatch();
    });
  }

  /** Gives up threads that hang; to be called every now and then. */
  look(nowMs: number): void {
    for (const [worker, job] of [...this.#threads]) {
      const watched = this.#watched.get(worker);
      if (job === undefined || watched === undefined) continue;
      const { beats, done } = watched.pulse;
      const limit = job.patienceMs[done] ?? Number.POSITIVE_INFINITY;
      if (beats !== watched.beats) {
        watched.beats = beats;
        watched.sinceMs = nowMs;
      } else if (watched.sinceMs !== undefined && nowMs - watched.sinceMs >= limit) {
        this.#died(worker, new ThreadHang(done, limit));
      }
    }
  }

  /** Ends all threads, also in the middle of a batch. */
  close(): void {
    for (const worker of this.#threads.keys()) worker.terminate();
    this.#threads.clear();
  }

  #dispatch(): void {
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      const worker = this.#idle() ?? this.#start();
      if (worker === undefined) return;
      this.#waiting.shift();
      this.#threads.set(worker, job);
      const watched = this.#watched.get(worker);
      if (watched !== undefined) Object.assign(watched, { beats: watched.pulse.beats, sinceMs: undefined });
      post(worker, { kind: "batch", batch: job.batch, specs: this.#newSpecs(worker, job.batch) });
    }
  }

  /** A set is cloned for a thread once, however many cases are run against it there. */
  #newSpecs(worker: Worker, batch: Batch): NumberedSpecs[] {
    const sent = this.#sent.get(worker) ?? new Set();
    this.#sent.set(worker, sent);
    return batch.flatMap(({ body }): NumberedSpecs[] => {
      if (body.kind !== "scenario" || sent.has(body.specs)) return [];
      sent.add(body.specs);
      const set = this.#specSets[body.specs];
      return set === undefined ? [] : [[body.specs, set]];
    });
  }

  #idle(): Worker | undefined {
    for (const [worker, job] of this.#threads) if (job === undefined) return worker;
    return undefined;
  }

  #start(): Worker | undefined {
    if (this.#threads.size === this.#size) return undefined;
    const worker = this.#startThread();
    this.#threads.set(worker, undefined);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      const job = this.#threads.get(worker);
      this.#threads.set(worker, undefined);
      job?.resolve(data);
      this.#dispatch();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#died(worker, new Error(event.message));
    };
    // A thread that ends by itself, by process.exit say, throws no error.
    worker.addEventListener("close", () => this.#died(worker, new Error("its thread ended")));
    const pulse = new Pulse();
    this.#watched.set(worker, { pulse, beats: pulse.beats, sinceMs: undefined });
    post(worker, { kind: "options", options: this.#options, pulse: pulse.buffer });
    return worker;
  }

  #died(worker: Worker, reason: Error): void {
    if (!this.#threads.has(worker)) return;
    const job = this.#threads.get(worker);
    this.#threads.delete(worker);
    // One that is inside of SQLite does not hear it, and goes on until the process ends.
    worker.terminate();
    job?.reject(reason);
    this.#dispatch();
  }
}

function post(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
