import type { Value } from "../value/mod.ts";

/** A mapping of values; integers beyond 2^53 may be bigints (flows §12). */
export type ValueObject = { [key: string]: Value };

export type LogLevel = "debug" | "info" | "warn" | "error";

/** What an event has that nobody knows (flows §12): it is kept and passed on. */
export interface LogEvent {
  readonly type: "log";
  readonly timestamp: string;
  readonly level: LogLevel;
  readonly message: string;
  /** Whose step said it. */
  readonly step_id?: string;
  readonly stream?: "stderr" | "console";
}

/** What went wrong in a step (flows §10, §12). */
export interface StepError {
  readonly code: number;
  readonly message: string;
  readonly data: {
    readonly step_id: string;
    readonly attempt: number;
    readonly retriable: boolean;
    readonly details: ValueObject;
  };
}

interface Attempt {
  readonly type: "step";
  readonly timestamp: string;
  readonly step_id: string;
  readonly kind: string;
  /** From 1. */
  readonly attempt: number;
}

export interface StepStarted extends Attempt {
  readonly state: "started";
  readonly args: ValueObject;
}

export interface StepFailed extends Attempt {
  readonly state: "failed";
  /** Whole milliseconds. */
  readonly duration_ms: number;
  readonly error: StepError;
  readonly will_retry: boolean;
}

export interface StepSucceeded extends Attempt {
  readonly state: "succeeded";
  readonly duration_ms: number;
  readonly result: ValueObject;
}

/** An event of a run (flows §10), in the order in which they happen; none is dropped. Members stand in this order. */
export type RunEvent = LogEvent | StepStarted | StepFailed | StepSucceeded;
