import type { Expr } from "../syntax/mod.ts";
import { compileBinary } from "./worker_binary.ts";
import { compileCall } from "./worker_calls.ts";
import type { Code, ExprOf, Gen } from "./worker_code.ts";
import { share } from "./worker_copies.ts";
import { compileList, compileMap } from "./worker_literals.ts";
import { elementOf, memberOf } from "./worker_members.ts";
import { negate, not } from "./worker_operators.ts";
import { EventValue, isMap, type Value } from "./worker_value.ts";

/** Compiles an expression whose value is looked at and dropped. */
export function compilePeek(g: Gen, expr: Expr): Code {
  switch (expr.kind) {
    case "number":
    case "string":
    case "bool":
      return constant(expr.value);
    case "duration":
      return constant(Math.ceil(expr.ms));
    case "nil":
      return constant(null);
    case "name":
      return compileName(g, expr);
    case "unary":
      return compileUnary(expr.op, g.peek(expr.operand));
    case "binary":
      return compileBinary(g, expr);
    case "member":
      return compileMember(g, expr);
    case "index":
      return compileIndex(g, expr);
    case "call":
      return compileCall(g, expr);
    case "list":
      return compileList(g, expr);
    case "map":
      return compileMap(g, expr);
  }
}

/** Compiles an expression whose value is kept somewhere: there is a second reference to what it reads then. */
export function compileTake(g: Gen, expr: Expr): Code {
  const code = compilePeek(g, expr);
  if (expr.kind !== "name" && expr.kind !== "member" && expr.kind !== "index") return code;
  const { run } = g;
  return (frame) => {
    const value = code(frame);
    if (typeof value === "object" && value !== null) share(run, value);
    return value;
  };
}

function constant(value: Value): Code {
  return () => value;
}

function compileName(g: Gen, expr: ExprOf<"name">): Code {
  const binding = g.bindings.get(expr);
  if (binding?.kind !== "local") throw new Error(`${expr.name} was not checked`);
  const { slot } = binding;
  return (frame) => frame[slot] ?? null;
}

function compileUnary(op: "-" | "!", operand: Code): Code {
  return op === "-" ? (frame) => negate(operand(frame)) : (frame) => not(operand(frame));
}

function compileMember(g: Gen, expr: ExprOf<"member">): Code {
  const binding = g.bindings.get(expr);
  if (binding?.kind === "enum") return constant(binding.text);
  const object = g.peek(expr.object);
  const name = expr.name.text;
  if (name === "payload") return payloadOf(object);
  // These names every JavaScript object has.
  if (name in Object.prototype) return (frame) => memberOf(object(frame), name);
  return (frame) => {
    const value = object(frame);
    return isMap(value) ? (value[name] ?? null) : memberOf(value, name);
  };
}

/** The commonest member by far. */
function payloadOf(object: Code): Code {
  return (frame) => {
    const value = object(frame);
    return value instanceof EventValue ? value.payload : memberOf(value, "payload");
  };
}

function compileIndex(g: Gen, expr: ExprOf<"index">): Code {
  const { run } = g;
  const object = g.peek(expr.object);
  const index = g.peek(expr.index);
  return (frame) => {
    const value = object(frame);
    const key = index(frame);
    if (typeof key === "string") run.scan(key.length);
    return elementOf(value, key);
  };
}
