import type { WorkerContext } from "../ami/mod.ts";
import { type Json, orderCodePoints } from "../value/mod.ts";

/** An operation and its arguments. */
export type Question = readonly [operation: string, ...args: Json[]];

/**
 * Answers what a worker asks of its context: {@link CallContext} and {@link CallState} send nothing else. It is asked of the real
 * store and the real generator, so that a call that fails is undone like any other.
 */
export function answerQuestion([operation, ...args]: Question, context: WorkerContext): Json | undefined {
  const [first, second, third] = args;
  const key = typeof first === "string" ? first : "";
  switch (operation) {
    case "next":
      return context.rng.next();
    case "int":
      return context.rng.int(Number(first));
    case "get":
      return context.state.get(key);
    case "set":
      context.state.put(key, second ?? null, typeof third === "number" ? { ttlMs: third } : {});
      return undefined;
    case "has":
      return context.state.has(key);
    case "delete":
      return context.state.delete(key);
    case "keys":
      return context.state.keys().sort(orderCodePoints);
    case "count":
      return context.state.count();
    default:
      throw new Error(`a worker thread asked for ${JSON.stringify(operation)}`);
  }
}
