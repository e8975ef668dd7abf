import { type Rng, seededRng } from "../world/mod.ts";
import type { ToldCall } from "./call_text.ts";
import { askDb, type DbOperation } from "./db_question.ts";

/**
 * The `ctx` of a handler (scenarios.md §3): what its call may know and do, for as long as the call lasts. Afterwards every use
 * throws, because it would act for another call, or for none. Its properties are its own, so that it can be taken apart.
 */
export function handlerContext(told: ToldCall, ask: (question: string) => string, isOver: () => boolean): object {
  const use = (): ToldCall => {
    if (isOver()) throw new Error("ctx cannot be used after the call that it was made for has ended");
    return told;
  };
  let drawing: Rng | undefined;
  const rng = (): Rng => {
    const { invocationId } = use();
    drawing ??= seededRng(0).split(invocationId);
    return drawing;
  };
  const asking = (operation: DbOperation) => (sql: unknown, params?: unknown) => {
    use();
    if (typeof sql !== "string") throw new TypeError(`ctx.db.${operation} takes SQL as a text, got ${typeof sql}`);
    return askDb(ask, operation, sql, params);
  };
  const parts = {
    db: { all: asking("all"), get: asking("get"), run: asking("run") },
    clock: { now: () => use().nowMs },
    rng: { next: () => rng().next(), int: (n: number) => rng().int(n) },
  };
  return {
    get flowToken() {
      return use().flowToken;
    },
    get invocationId() {
      return use().invocationId;
    },
    get seq() {
      return use().seq;
    },
    get db() {
      use();
      return parts.db;
    },
    get clock() {
      use();
      return parts.clock;
    },
    get rng() {
      use();
      return parts.rng;
    },
  };
}
