import type { Batch } from "./batches.ts";
import type { CaseOptions } from "./options.ts";
import type { CaseOutcome } from "./outcome.ts";
import type { FromWorker, ToWorker } from "./worker_messages.ts";
import { workerUrl } from "./worker_url.ts";

interface Job {
  readonly batch: Batch;
  readonly resolve: (outcomes: readonly CaseOutcome[]) => void;
  readonly reject: (error: Error) => void;
}

/** Worker threads that run batches; a thread that dies is replaced, and only its batch fails. */
export class ThreadPool {
  readonly #options: CaseOptions;
  readonly #size: number;
  readonly #startThread: () => Worker;
  readonly #busy = new Map<Worker, Job>();
  readonly #idle: Worker[] = [];
  readonly #waiting: Job[] = [];
  #threads = 0;

  constructor(size: number, options: CaseOptions, startThread: () => Worker = () => new Worker(workerUrl())) {
    this.#size = size;
    this.#options = options;
    this.#startThread = startThread;
  }

  /** The outcomes of a batch; rejects if its thread failed. Batches start in the order of the calls. */
  run(batch: Batch): Promise<readonly CaseOutcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends all threads, also in the middle of a batch. */
  close(): void {
    for (const worker of [...this.#idle, ...this.#busy.keys()]) worker.terminate();
  }

  #dispatch(): void {
    const job = this.#waiting[0];
    if (job === undefined) return;
    const worker = this.#idle.pop() ?? this.#start();
    if (worker === undefined) return;
    this.#waiting.shift();
    this.#busy.set(worker, job);
    post(worker, { kind: "batch", batch: job.batch });
    this.#dispatch();
  }

  #start(): Worker | undefined {
    if (this.#threads === this.#size) return undefined;
    this.#threads += 1;
    const worker = this.#startThread();
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      this.#idle.push(worker);
      this.#settle(worker, (job) => job.resolve(data));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#threads -= 1;
      worker.terminate();
      this.#settle(worker, (job) => job.reject(new Error(event.message)));
    };
    post(worker, { kind: "options", options: this.#options });
    return worker;
  }

  #settle(worker: Worker, how: (job: Job) => void): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    if (job !== undefined) how(job);
    this.#dispatch();
  }
}

function post(worker: Worker, message: ToWorker): void {
  worker.postMessage(message);
}
