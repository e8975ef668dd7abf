import {
  isControlKind,
  isStepEvent,
  type RunError,
  type RunEvent,
  type RunResult,
  reportedEvent,
  type StepEvent,
  type ValueObject,
} from "../flow/mod.ts";
import { setKey } from "../value/mod.ts";
import type { RunRequest } from "./engine.ts";

/** What an executor told of a run: its events, and the state that follows from them (flows §13, Result). */
export class ExecutorRecord {
  readonly #request: RunRequest;
  readonly #events: RunEvent[] = [];
  readonly #steps: ValueObject = {};

  constructor(request: RunRequest) {
    this.#request = request;
  }

  /** Events of a Poll. */
  report(events: readonly ValueObject[]): void {
    for (const reported of events) {
      const event = reportedEvent(reported);
      this.add(event);
      if (isStepEvent(event)) this.#settle(event);
    }
  }

  /** An event that plumb adds. */
  add(event: RunEvent): void {
    this.#events.push(event);
    this.#request.onEvent?.(event);
  }

  result(status: RunResult["status"], ended: Ended = {}): RunResult {
    const { summary = {}, outputs = {}, error } = ended;
    return {
      status,
      state: { inputs: this.#request.inputs, steps: this.#steps, outputs },
      events: this.#events,
      summary,
      outputs,
      ...(error === undefined ? {} : { error }),
    };
  }

  /** As on engine local: control nodes leave no result, a failure only when it is the last. */
  #settle(event: StepEvent): void {
    if (isControlKind(event.kind) || event.state === "started") return;
    if (event.state === "succeeded") setKey(this.#steps, event.step_id, event.result ?? {});
    else if (event.will_retry !== true) setKey(this.#steps, event.step_id, { error: { ...event.error } });
  }
}

/** How a run ended. */
export interface Ended {
  readonly summary?: ValueObject;
  readonly outputs?: ValueObject;
  readonly error?: RunError | undefined;
}
