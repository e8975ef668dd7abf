import type { Builtin } from "./builtin.ts";
import { type Code, type ExprOf, type Frame, type Gen, RETURN } from "./worker_code.ts";
import type { Value } from "./worker_value.ts";

/** Compiles a call, whose value is the first that the function returns. */
export function compileCall(g: Gen, call: ExprOf<"call">): Code {
  const binding = g.bindings.get(call);
  if (binding?.kind === "builtin") return compileBuiltin(g, binding.builtin, call);
  const invoke = compileInvoke(g, call);
  const { run } = g;
  return (frame) => {
    invoke(frame);
    return run.result;
  };
}

/** Compiles a call of a declared function; what it returns stands in the run then. Undefined for all else. */
export function compileInvocation(g: Gen, call: ExprOf<"call">): ((frame: Frame) => void) | undefined {
  return g.bindings.get(call)?.kind === "function" ? compileInvoke(g, call) : undefined;
}

function compileInvoke(g: Gen, call: ExprOf<"call">): (frame: Frame) => void {
  const binding = g.bindings.get(call);
  if (binding?.kind !== "function") throw new Error("a call was not checked");
  const { run, levels } = g;
  const callee = g.functionOf(binding.target);
  const args = call.args.map((arg) => g.take(arg));
  const [first, ...others] = args;
  return (frame) => {
    const called = callee.frame(first === undefined ? null : first(frame));
    for (let at = 0; at < others.length; at++) called[at + 1] = others[at]?.(frame) ?? null;
    const { site } = run;
    run.enter(levels);
    if (callee.body(called) !== RETURN) run.returnNothing();
    run.leave(levels);
    run.site = site;
  };
}

function compileBuiltin(g: Gen, builtin: Builtin, call: ExprOf<"call">): Code {
  const { run } = g;
  const args = call.args.map((arg, at) => (at >= builtin.keepsFrom ? g.take(arg) : g.peek(arg)));
  if (builtin.kind === "rest") {
    const { call: callRest } = builtin;
    return (frame) => callRest(run, evaluate(args, frame));
  }
  const { call: callFixed } = builtin;
  const [a, b, c] = args;
  if (a === undefined) return () => callFixed(run, null, undefined, undefined);
  if (b === undefined) return (frame) => callFixed(run, a(frame), undefined, undefined);
  if (c === undefined) return (frame) => callFixed(run, a(frame), b(frame), undefined);
  return (frame) => callFixed(run, a(frame), b(frame), c(frame));
}

/** The values of expressions, in order. */
export function evaluate(codes: readonly Code[], frame: Frame): Value[] {
  const values: Value[] = [];
  for (const code of codes) values.push(code(frame));
  return values;
}
