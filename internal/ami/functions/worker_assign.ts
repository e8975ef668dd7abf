import type { Expr } from "../syntax/mod.ts";
import { compileAppend } from "./worker_append.ts";
import { compileInvocation, evaluate } from "./worker_calls.ts";
import { type Code, type Exec, type Frame, type Gen, NEXT, type StmtOf } from "./worker_code.ts";
import { wrongType } from "./worker_failure.ts";
import { add, divide, finite, multiply, remainder, subtract } from "./worker_operators.ts";
import type { Run } from "./worker_run.ts";
import { compileTarget, type Target, variable } from "./worker_targets.ts";
import type { Value } from "./worker_value.ts";

type AssignOp = StmtOf<"assign">["op"];

/** What is assigned, from what the target holds and the value to the right. */
type Combine = (run: Run, old: Value, value: Value) => Value;

const COMBINE: Readonly<Record<Exclude<AssignOp, "=">, Combine>> = {
  "+=": add,
  "-=": (_, old, value) => subtract(old, value),
  "*=": (_, old, value) => multiply(old, value),
  "/=": (_, old, value) => divide(old, value),
  "%=": (_, old, value) => remainder(old, value),
};

export function compileVar(g: Gen, { name, value }: StmtOf<"var">): Exec {
  const code: Code = value === undefined ? () => null : g.take(value);
  return assignOne(variable(g, name), code);
}

export function compileDefine(g: Gen, { names, values }: StmtOf<"define">): Exec {
  const targets = names.map((name) => variable(g, name));
  return assign(g, targets, values);
}

export function compileAssign(g: Gen, statement: StmtOf<"assign">): Exec {
  const appended = compileAppend(g, statement);
  if (appended !== undefined) return appended;
  const targets = statement.targets.map((target) => compileTarget(g, target));
  if (statement.op === "=") return assign(g, targets, statement.values);
  return combine(g, targets, COMBINE[statement.op], statement.values);
}

/** `x++`, `x--`. */
export function compileStep(g: Gen, { target, op }: StmtOf<"step">): Exec {
  const step: Combine = (_, old) =>
    typeof old === "number" ? finite(op, op === "++" ? old + 1 : old - 1) : wrongType(`${op} takes a number`, old);
  return combineOne(g, compileTarget(g, target), step, () => null);
}

function assign(g: Gen, targets: readonly Target[], values: readonly Expr[]): Exec {
  const [target] = targets;
  const [value] = values;
  if (targets.length === 1 && target !== undefined && value !== undefined) return assignOne(target, g.take(value));
  return assignAll(targets, compileValues(g, values));
}

function assignOne(target: Target, value: Code): Exec {
  const { slot, direct, keys: keysOf, write } = target;
  if (slot !== undefined) {
    return (frame) => {
      frame[slot] = value(frame);
      return NEXT;
    };
  }
  if (direct !== undefined) {
    const { write: writeDirect } = direct;
    return (frame) => {
      writeDirect(frame, value(frame));
      return NEXT;
    };
  }
  return (frame) => {
    const keys = keysOf(frame);
    write(frame, keys, value(frame));
    return NEXT;
  };
}

function combine(g: Gen, targets: readonly Target[], with_: Combine, values: readonly Expr[]): Exec {
  const [target] = targets;
  const [value] = values;
  if (targets.length === 1 && target !== undefined && value !== undefined) {
    return combineOne(g, target, with_, g.peek(value));
  }
  const given = compileValues(g, values);
  return assignAll(targets, (frame, keys) => {
    const combined = given(frame, keys);
    return targets.map((each, at) => with_(g.run, each.read(frame, keys[at] ?? []), combined[at] ?? null));
  });
}

function combineOne({ run }: Gen, target: Target, with_: Combine, value: Code): Exec {
  const { slot, direct, keys: keysOf, read, write } = target;
  if (slot !== undefined) {
    return (frame) => {
      frame[slot] = with_(run, frame[slot] ?? null, value(frame));
      return NEXT;
    };
  }
  if (direct !== undefined) {
    const { read: readDirect, write: writeDirect } = direct;
    return (frame) => {
      writeDirect(frame, with_(run, readDirect(frame), value(frame)));
      return NEXT;
    };
  }
  return (frame) => {
    const keys = keysOf(frame);
    write(frame, keys, with_(run, read(frame, keys), value(frame)));
    return NEXT;
  };
}

/** The values to the right; `keys` are those of the targets, which are evaluated first. */
type Values = (frame: Frame, keys: readonly (readonly Value[])[]) => readonly Value[];

/** All keys, then all values, then all assignments, so that `a, b = b, a` swaps. */
function assignAll(targets: readonly Target[], values: Values): Exec {
  return (frame) => {
    const keys = targets.map((target) => target.keys(frame));
    const given = values(frame, keys);
    for (const [at, target] of targets.entries()) target.write(frame, keys[at] ?? [], given[at] ?? null);
    return NEXT;
  };
}

/** One value each, or all that the call of a declared function returns; what it leaves out is nil. */
function compileValues(g: Gen, values: readonly Expr[]): Values {
  const [only] = values;
  const invoke = values.length === 1 && only?.kind === "call" ? compileInvocation(g, only) : undefined;
  if (invoke === undefined) {
    const codes = values.map((value) => g.take(value));
    return (frame) => evaluate(codes, frame);
  }
  const { run } = g;
  return (frame) => {
    invoke(frame);
    return [run.result, ...run.more];
  };
}
