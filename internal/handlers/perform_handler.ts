import { drainMicrotasks } from "bun:jsc";
import type { CallerLine, Outcome, Perform, UserFunction } from "../user_modules/mod.ts";
import { wall } from "../world/mod.ts";
import { awaitAnswer } from "./await_answer.ts";
import { readCall } from "./call_text.ts";
import { handlerContext } from "./handler_context.ts";
import { outcomeOf, type Settled, timeout } from "./settled.ts";

/**
 * Calls handlers and judges their time (scenarios.md §3): one that returns when it does, one that returned a promise at its limit.
 * Then its context is revoked, and what it answers later is dropped.
 */
export function performHandlers(line: CallerLine): Perform {
  return (body, { text, split }) => {
    const { args, told } = readCall(text, split);
    const end = wall.monotonicMs() + told.timeoutMs;
    const isLate = (): boolean => wall.monotonicMs() > end;
    /** Until it has returned it may act: it is judged then, and nothing of what it did is kept. */
    let isOver = (): boolean => false;
    const finish = (settled: Settled | undefined): Outcome => {
      isOver = () => true;
      // What it left to promises runs before the call ends, and finds the context revoked.
      drainMicrotasks();
      return settled === undefined || isLate() ? timeout(told.timeoutMs) : outcomeOf(settled);
    };
    const called = callBody(
      body,
      args,
      handlerContext(told, line.ask, () => isOver()),
    );
    if (!("pending" in called)) return finish(called);
    isOver = isLate;
    return awaitAnswer(called.pending, end, line).then(finish);
  };
}

function callBody(
  body: UserFunction,
  args: unknown,
  context: object,
): Settled | { readonly pending: Promise<unknown> } {
  try {
    const answer = body(args, context);
    return isThenable(answer) ? { pending: Promise.resolve(answer) } : { answer };
  } catch (thrown) {
    return { thrown };
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
