import type { Store } from "../../kvstore/mod.ts";
import type { Json } from "../../value/mod.ts";
import type { Rng } from "../../world/mod.ts";

/** What a worker sees of an event (pipelines §4). Values are immutable: a worker that changes a payload makes a new one. */
export interface WorkerEvent {
  readonly id: string;
  readonly payload: Json;
  /** Virtual milliseconds of entry. */
  readonly time: number;
  readonly attempt: number;
  readonly trace: Json;
}

/** What a worker can reach: its step's own store, virtual time, chance seeded per case and step. */
export interface WorkerContext {
  now(): number;
  readonly state: Store;
  readonly rng: Rng;
}

/** The event ends here. */
export const SILENCE: unique symbol = Symbol("silence");

/** The event goes to the error pipeline with this code. */
export class WorkerFault {
  readonly code: string;
  readonly message: string;
  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

/**
 * A worker: the payload of the event that leaves, silence, or a fault. It never throws for what an event does to it. State
 * changes of a call that ends in a fault are undone by the caller.
 */
export type WorkerFn = (event: WorkerEvent, context: WorkerContext) => Json | typeof SILENCE | WorkerFault;
