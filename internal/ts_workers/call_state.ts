import { refuse } from "../user_modules/mod.ts";
import type { Json } from "../value/mod.ts";
import { checkPayload } from "./payload_check.ts";

/** Asks the thread that runs the pipeline, and waits for the answer; undefined is one. */
export type Ask = (operation: string, ...args: Json[]) => Json | undefined;

/** `ctx.state`: the step's own store, as `state` of .ami workers (pipelines §4). */
export class CallState {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** A copy of the value; undefined if the key is absent. */
  get(key: string): Json | undefined {
    return this.#ask("get", text("get", key));
  }

  /** Stores a copy; it expires after `ttlMs`, if given. */
  set(key: string, value: unknown, ttlMs?: number): void {
    const entry = [text("set", key), checkPayload(value, "the value of ctx.state.set")];
    this.#ask("set", ...entry, ...(ttlMs === undefined ? [] : [timeToLive(ttlMs)]));
  }

  has(key: string): boolean {
    return this.#ask("has", text("has", key)) === true;
  }

  /** Whether there was an entry. */
  delete(key: string): boolean {
    return this.#ask("delete", text("delete", key)) === true;
  }

  /** Sorted by code point. */
  keys(): string[] {
    const keys = this.#ask("keys");
    return Array.isArray(keys) ? keys.map(String) : [];
  }

  count(): number {
    return Number(this.#ask("count"));
  }
}

function text(method: string, key: unknown): string {
  if (typeof key !== "string")
    return refuse("E_WORKER_TYPE", `ctx.state.${method} takes a string as key, got ${typeof key}`);
  return key.isWellFormed() ? key : refuse("E_WORKER_TYPE", `ctx.state.${method}: the key has a lone surrogate`);
}

function timeToLive(ms: unknown): number {
  if (typeof ms !== "number")
    return refuse("E_WORKER_TYPE", `the time to live of ctx.state.set is a number, got ${typeof ms}`);
  const fits = Number.isFinite(ms) && ms >= 0;
  return fits ? ms : refuse("E_WORKER_ARG", `the time to live of ctx.state.set is from 0 ms, got ${ms}`);
}
