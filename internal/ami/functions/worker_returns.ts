import type { Expr } from "../syntax/mod.ts";
import { compileInvocation, evaluate } from "./worker_calls.ts";
import { type Code, type Exec, type Gen, RETURN, type StmtOf } from "./worker_code.ts";
import { NO_VALUES } from "./worker_run.ts";

/** `return`: the values stand in the run then. Those that are left out, at the end, are nil. */
export function compileReturn(g: Gen, { values }: StmtOf<"return">): Exec {
  const { run } = g;
  const given = withoutNils(values);
  const [first, ...others] = given;
  if (first === undefined) return returnNothing(g);
  if (others.length === 0) return returnOne(g, first, values.length === 1);
  const value = g.take(first);
  const more = others.map((other) => g.take(other));
  return (frame) => {
    const result = value(frame);
    run.more = evaluate(more, frame);
    run.result = result;
    return RETURN;
  };
}

function returnNothing({ run }: Gen): Exec {
  return () => {
    run.returnNothing();
    return RETURN;
  };
}

function returnOne(g: Gen, expr: Expr, alone: boolean): Exec {
  const { run } = g;
  const invoke = alone && expr.kind === "call" ? compileInvocation(g, expr) : undefined;
  if (invoke !== undefined) {
    // All values that the function returned are passed on.
    return (frame) => {
      invoke(frame);
      return RETURN;
    };
  }
  // The variables of this call end here, so that a variable gives its reference away and shares nothing.
  const value: Code = expr.kind === "name" ? g.peek(expr) : g.take(expr);
  return (frame) => {
    run.result = value(frame);
    run.more = NO_VALUES;
    return RETURN;
  };
}

function withoutNils(values: readonly Expr[]): readonly Expr[] {
  const last = values.findLastIndex((value) => value.kind !== "nil");
  return values.slice(0, last + 1);
}
