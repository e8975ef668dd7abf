import type { BinaryOp } from "../syntax/mod.ts";
import type { Code, ExprOf, Gen } from "./worker_code.ts";
import { equalValues } from "./worker_equal.ts";
import { add, bool, compare, divide, multiply, remainder, subtract } from "./worker_operators.ts";
import type { Run } from "./worker_run.ts";

type Compile = (run: Run, left: Code, right: Code) => Code;

/** Compiles an operator with two operands. Each has closures of its own, so that the engine sees one operation in each. */
export function compileBinary(g: Gen, { op, left, right }: ExprOf<"binary">): Code {
  return OPERATORS[op](g.run, g.peek(left), g.peek(right));
}

const OPERATORS: Readonly<Record<BinaryOp, Compile>> = {
  "||": (_, left, right) => (frame) => bool("||", left(frame)) || bool("||", right(frame)),
  "&&": (_, left, right) => (frame) => bool("&&", left(frame)) && bool("&&", right(frame)),
  "==": (run, left, right) => (frame) => equalValues(run, left(frame), right(frame)),
  "!=": (run, left, right) => (frame) => !equalValues(run, left(frame), right(frame)),
  "<": (run, left, right) => (frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === "number" && typeof b === "number" ? a < b : compare(run, "<", a, b) < 0;
  },
  "<=": (run, left, right) => (frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === "number" && typeof b === "number" ? a <= b : compare(run, "<=", a, b) <= 0;
  },
  ">": (run, left, right) => (frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === "number" && typeof b === "number" ? a > b : compare(run, ">", a, b) > 0;
  },
  ">=": (run, left, right) => (frame) => {
    const a = left(frame);
    const b = right(frame);
    return typeof a === "number" && typeof b === "number" ? a >= b : compare(run, ">=", a, b) >= 0;
  },
  "+": (run, left, right) => (frame) => add(run, left(frame), right(frame)),
  "-": (_, left, right) => (frame) => subtract(left(frame), right(frame)),
  "*": (_, left, right) => (frame) => multiply(left(frame), right(frame)),
  "/": (_, left, right) => (frame) => divide(left(frame), right(frame)),
  "%": (_, left, right) => (frame) => remainder(left(frame), right(frame)),
};
