import { type FlowIr, type FlowNode, type LogLevel, RUN_CODE, type ValueObject } from "../flow/mod.ts";
import type { RunTime } from "./run_time.ts";

/** Why an attempt failed (flows §10). */
export interface StepFailure {
  readonly code: number;
  readonly message: string;
  readonly retriable: boolean;
  readonly details: ValueObject;
}

/** What came of an attempt. */
export type StepAnswer =
  | { readonly ok: true; readonly result: ValueObject }
  | { readonly ok: false; readonly failure: StepFailure };

/** An answer that comes after a time, in milliseconds. */
export interface LateAnswer {
  readonly afterMs: number;
  readonly answer: StepAnswer;
}

/** What performs an attempt; one that has its answer at once gives it at once (BUN.md: an async hop costs more than a step). */
export type Performer = (call: StepCall) => StepAnswer | LateAnswer | Promise<StepAnswer>;

/** An attempt of a step. */
export interface StepCall {
  readonly stepId: string;
  readonly kind: string;
  readonly attempt: number;
  /** Resolved. They stand in the events too: who may change them takes a copy. */
  readonly args: ValueObject;
  /** Aborted when the attempt is over before it has an answer. */
  readonly signal: AbortSignal;
  /** Adds a log event, as long as the attempt lasts. */
  log(level: LogLevel, message: string): void;
  /** Resolves after a time of the run, in milliseconds. */
  sleep(ms: number): Promise<void>;
}

/** A run, as those that perform its steps see it. */
export interface RunContext {
  readonly ir: FlowIr;
  readonly inputs: ValueObject;
  readonly runId: string;
  readonly traceId: string;
  readonly time: RunTime;
  /** The next draw of the run's policies, in [0, 1). */
  draw(): number;
  /** The next random number for plugins, in [0, 1): of another generator, so that they change no policy's draws. */
  random(): number;
}

/** Performs steps of some kinds. */
export interface StepProvider {
  /** Makes it ready for one run: what performs a node of it; undefined: it does not know that kind. */
  open(run: RunContext): (node: FlowNode) => Performer | undefined;
}

/** A failure with 2001 (flows §12). */
export function stepFailure(message: string, details: ValueObject = {}, retriable = true): StepAnswer {
  return { ok: false, failure: { code: RUN_CODE.stepFailed, message, retriable, details } };
}
