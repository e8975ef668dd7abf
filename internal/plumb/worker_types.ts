import type { Json } from "../value/mod.ts";

/** An event as a TypeScript worker sees it: a copy of its own. Only its payload may be changed. */
export interface WorkerEvent<Payload = Json> {
  readonly id: string;
  payload: Payload;
  /** When it came in, in milliseconds of the pipeline. */
  readonly time: number;
  readonly attempt: number;
  readonly trace: Json;
}

/** The step's own store, which .ami workers know as `state`. Values are copied. */
export interface WorkerState {
  /** Undefined: the key is absent. */
  get(key: string): Json | undefined;
  /** With `ttlMs` the entry expires after so many milliseconds of the pipeline. */
  set(key: string, value: Json, ttlMs?: number): void;
  has(key: string): boolean;
  /** Whether there was an entry. */
  delete(key: string): boolean;
  keys(): string[];
  count(): number;
}

declare const failed: unique symbol;

/** What `ctx.error` makes: returned or thrown, it sends the event to the error pipeline. */
export interface WorkerError {
  readonly [failed]: true;
}

/** What a worker can reach, for as long as its call lasts. */
export interface WorkerContext {
  /** The pipeline's time in milliseconds: virtual in tests. */
  readonly clock: { now(): number };
  /** Seeded per case and step: a number from 0 to below 1; a whole number from 0 to n − 1. */
  readonly rng: { next(): number; int(n: number): number };
  readonly state: WorkerState;
  /** With one argument, the message, the code is `E_WORKER`. */
  error(code: string, message?: string): WorkerError;
}

/**
 * A worker in TypeScript (pipelines §4): an export of a module that `#pragma workers` binds. It returns the event, another
 * payload, an error, or null or undefined for silence, and is called synchronously.
 *
 * @example
 * export const warm: WorkerFunction<{ celsius: number }> = (ev, ctx) =>
 *   ev.payload.celsius > 125 ? ctx.error("E_RANGE", "too hot") : { warm: ev.payload.celsius > 40 };
 */
export type WorkerFunction<Payload = Json> = (
  ev: WorkerEvent<Payload>,
  ctx: WorkerContext,
) => WorkerEvent<Payload> | Json | WorkerError | undefined;
