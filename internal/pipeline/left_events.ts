import type { WorkerEvent } from "../ami/mod.ts";
import type { Json } from "../value/mod.ts";

/** An event that left a pipeline. */
export interface LeftEvent {
  readonly id: string;
  readonly payload: Json;
  /** When it left, in milliseconds of the run. */
  readonly at: number;
}

/** Events that left, in order, kept cheaply: most runs look at few of their ids. */
export class LeftEvents {
  readonly #events: WorkerEvent[] = [];
  readonly #times: number[] = [];

  add(event: WorkerEvent, at: number): void {
    this.#events.push(event);
    this.#times.push(at);
  }

  list(): LeftEvent[] {
    return this.#events.map(({ id, payload }, index) => ({ id, payload, at: this.#times[index] ?? 0 }));
  }
}
