import type { LogLevel, RunEvent, StepError, ValueObject } from "../flow/mod.ts";
import type { RunTime } from "./run_time.ts";

/** The events of a run, in the order in which they happen, each with its timestamp (flows §10). */
export class EventLog {
  readonly events: RunEvent[] = [];
  readonly #time: RunTime;
  readonly #onEvent: ((event: RunEvent) => void) | undefined;
  #stamped = -1;
  #timestamp = "";

  constructor(time: RunTime, onEvent: ((event: RunEvent) => void) | undefined) {
    this.#time = time;
    this.#onEvent = onEvent;
  }

  log(level: LogLevel, message: string, stepId?: string): void {
    const timestamp = this.#stamp(this.#time.now());
    this.#add(
      stepId === undefined
        ? { type: "log", timestamp, level, message }
        : { type: "log", timestamp, level, message, step_id: stepId },
    );
  }

  started(now: number, stepId: string, kind: string, attempt: number, args: ValueObject): void {
    const timestamp = this.#stamp(now);
    this.#add({ type: "step", timestamp, step_id: stepId, kind, state: "started", attempt, args });
  }

  succeeded(now: number, since: number, stepId: string, kind: string, attempt: number, result: ValueObject): void {
    const timestamp = this.#stamp(now);
    const duration_ms = Math.floor(now - since);
    this.#add({ type: "step", timestamp, step_id: stepId, kind, state: "succeeded", attempt, duration_ms, result });
  }

  failed(now: number, since: number, kind: string, error: StepError, will_retry: boolean): void {
    const timestamp = this.#stamp(now);
    const { step_id, attempt } = error.data;
    const duration_ms = Math.floor(now - since);
    this.#add({ type: "step", timestamp, step_id, kind, state: "failed", attempt, duration_ms, error, will_retry });
  }

  /** Most events share their millisecond with the one before. */
  #stamp(now: number): string {
    const ms = Math.floor(now);
    if (ms !== this.#stamped) {
      this.#stamped = ms;
      this.#timestamp = this.#time.timestamp(ms);
    }
    return this.#timestamp;
  }

  #add(event: RunEvent): void {
    this.events.push(event);
    this.#onEvent?.(event);
  }
}
