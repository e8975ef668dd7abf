import type { FlowNode, LogLevel, ValueObject } from "../flow/mod.ts";
import type { StepCall } from "./step_provider.ts";

/** What an attempt can ask of its run. */
export interface AttemptOwner {
  log(attempt: Attempt, level: LogLevel, message: string): void;
  sleep(attempt: Attempt, ms: number): Promise<void>;
}

/** An attempt of a step that is performed. */
export class Attempt implements StepCall {
  readonly stepId: string;
  readonly kind: string;
  readonly attempt: number;
  readonly args: ValueObject;
  /** When it started, in milliseconds of the run's time. */
  readonly since: number;
  readonly #owner: AttemptOwner;
  // Most attempts answer at once and are never asked for a signal.
  #abort: AbortController | undefined;

  constructor(owner: AttemptOwner, node: FlowNode, attempt: number, args: ValueObject, since: number) {
    this.#owner = owner;
    this.stepId = node.id;
    this.kind = node.type;
    this.attempt = attempt;
    this.args = args;
    this.since = since;
  }

  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    return this.#abort.signal;
  }

  /** It is over before it has an answer. */
  abort(): void {
    this.#abort ??= new AbortController();
    this.#abort.abort();
  }

  log(level: LogLevel, message: string): void {
    this.#owner.log(this, level, message);
  }

  sleep(ms: number): Promise<void> {
    return this.#owner.sleep(this, ms);
  }
}
