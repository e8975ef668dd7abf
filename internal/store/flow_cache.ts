import type { FlowStatus } from "../trace/mod.ts";

/** What the writer wants to know of a flow at every write. */
export interface FlowState {
  readonly status: FlowStatus;
  /** How many invocations it holds. */
  readonly invocations: number;
}

/** Enough for flows that are interleaved; a log may hold any number. */
const LIMIT = 1024;

/** The state of flows that were met lately; what is not here is read from the log. */
export class FlowCache {
  readonly #flows = new Map<string, FlowState>();
  #isComplete: boolean;

  /** @param isNew the log has no flow yet: until some are forgotten, what is not here is nowhere */
  constructor(isNew: boolean) {
    this.#isComplete = isNew;
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  get(token: string): FlowState | undefined {
    return this.#flows.get(token);
  }

  set(token: string, state: FlowState): void {
    if (this.#flows.size >= LIMIT && !this.#flows.has(token)) {
      const oldest = this.#flows.keys().next().value;
      if (oldest !== undefined) this.#flows.delete(oldest);
      this.#isComplete = false;
    }
    this.#flows.set(token, state);
  }

  delete(token: string): void {
    this.#flows.delete(token);
  }
}
