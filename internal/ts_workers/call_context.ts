import { refuse } from "../user_modules/mod.ts";
import { type CallError, callError } from "./call_error.ts";
import { type Ask, CallState } from "./call_state.ts";

/**
 * The `ctx` of a TypeScript worker (pipelines §4). It belongs to one call: afterwards it throws, because it would answer for
 * another event.
 */
export class CallContext {
  /** `ctx.error(code, message)`: to be returned or thrown. */
  readonly error: (code: string, message?: string) => CallError = callError;
  readonly #now: number;
  readonly #ask: Ask;
  #over = false;

  constructor(now: number, ask: Ask) {
    this.#now = now;
    this.#ask = (operation, ...args) => {
      if (this.#over) throw new Error("ctx cannot be used after the call that it was made for has ended");
      return ask(operation, ...args);
    };
  }

  /** The pipeline's time. */
  get clock(): { now(): number } {
    return { now: () => this.#now };
  }

  /** Random numbers, seeded per case and step. */
  get rng(): { next(): number; int(n: number): number } {
    return { next: () => Number(this.#ask("next")), int: (n) => Number(this.#ask("int", range(n))) };
  }

  /** The step's own store. */
  get state(): CallState {
    return new CallState(this.#ask);
  }

  end(): void {
    this.#over = true;
  }
}

function range(n: unknown): number {
  if (typeof n !== "number") return refuse("E_WORKER_TYPE", `ctx.rng.int takes a number, got ${typeof n}`);
  return Number.isSafeInteger(n) && n >= 1
    ? n
    : refuse("E_WORKER_ARG", `ctx.rng.int takes a whole number from 1, got ${n}`);
}
