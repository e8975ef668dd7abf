import { type Rng, seededRng } from "../world/mod.ts";
import type { ToldCall } from "./call_text.ts";
import { askDb, type DbOperation } from "./db_question.ts";

/**
 * The `ctx` of a handler (scenarios.md §3): what its call may know and do, for as long as the call lasts. Afterwards every use
 * throws, because it would act for another call, or for none.
 */
export class HandlerContext {
  readonly #told: ToldCall;
  readonly #ask: (question: string) => string;
  readonly #isOver: () => boolean;
  #rng: Rng | undefined;

  constructor(told: ToldCall, ask: (question: string) => string, isOver: () => boolean) {
    this.#told = told;
    this.#ask = ask;
    this.#isOver = isOver;
  }

  get flowToken(): string {
    return this.#use().flowToken;
  }

  get invocationId(): string {
    return this.#use().invocationId;
  }

  get seq(): number {
    return this.#use().seq;
  }

  /** One instant for a root invocation and all that it causes, in ms. */
  get clock(): { now(): number } {
    this.#use();
    return { now: () => this.#use().nowMs };
  }

  /** Seeded from the invocation id and nothing else. */
  get rng(): { next(): number; int(n: number): number } {
    const rng = (): Rng => {
      const { invocationId } = this.#use();
      this.#rng ??= seededRng(0).split(invocationId);
      return this.#rng;
    };
    this.#use();
    return { next: () => rng().next(), int: (n) => rng().int(n) };
  }

  /** The state tables of the concept. */
  get db(): Readonly<Record<DbOperation, (sql: string, params?: unknown) => unknown>> {
    const asking = (operation: DbOperation) => (sql: string, params?: unknown) => {
      this.#use();
      if (typeof sql !== "string") throw new TypeError(`ctx.db.${operation} takes SQL as a text, got ${typeof sql}`);
      return askDb(this.#ask, operation, sql, params);
    };
    this.#use();
    return { all: asking("all"), get: asking("get"), run: asking("run") };
  }

  #use(): ToldCall {
    if (this.#isOver()) throw new Error("ctx cannot be used after the call that it was made for has ended");
    return this.#told;
  }
}
