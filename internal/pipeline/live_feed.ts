import type { RealTime } from "../world/mod.ts";
import type { PipelineRun } from "./pipeline_run.ts";
import type { ExternalEvent } from "./run_input.ts";

/** Where the events of a live run come from. */
export interface LiveFeed {
  /**
   * Pushes what is at hand into the run, at `at` ms of it, while `run.wantsInput`. "more": something is left that the run has
   * no room for; "waiting": more may come, and then it rings the time it was made with; "ended": nothing will.
   */
  fill(run: PipelineRun, at: number): "more" | "waiting" | "ended";
  /** Nothing is taken any more. */
  stop(): void;
}

/** The events of an asynchronous iterable, one at hand at a time: backpressure reaches who makes them. */
export class AsyncFeed implements LiveFeed {
  readonly #iterator: AsyncIterator<ExternalEvent>;
  readonly #time: RealTime;
  #ready: ExternalEvent | undefined;
  #failure: { readonly error: unknown } | undefined;
  #state: "idle" | "asking" | "ended" = "idle";

  constructor(events: AsyncIterable<ExternalEvent>, time: RealTime) {
    this.#iterator = events[Symbol.asyncIterator]();
    this.#time = time;
  }

  /** Throws what the iterable threw. */
  fill(run: PipelineRun, at: number): "more" | "waiting" | "ended" {
    if (this.#failure !== undefined) throw this.#failure.error;
    if (this.#ready !== undefined) {
      if (!run.wantsInput) return "more";
      run.push(this.#ready, at);
      this.#ready = undefined;
    }
    if (this.#state === "idle") {
      this.#state = "asking";
      this.#ask().catch((error: unknown) => this.#told(undefined, { error }));
    }
    return this.#state === "ended" ? "ended" : "waiting";
  }

  stop(): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    // Who makes the events may clean up; the run does not wait for it, nor for what is under way.
    this.#iterator.return?.().catch(() => undefined);
  }

  async #ask(): Promise<void> {
    const { done, value } = await this.#iterator.next();
    this.#told(done === true ? undefined : value, undefined);
  }

  #told(event: ExternalEvent | undefined, failure: { readonly error: unknown } | undefined): void {
    if (this.#state === "asking") this.#state = event === undefined ? "ended" : "idle";
    this.#ready = event;
    this.#failure = failure;
    this.#time.ring();
  }
}
