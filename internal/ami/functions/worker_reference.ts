import { canonical, checkJson, type Json } from "../../value/mod.ts";
import type { Block, Expr, FuncDecl, Stmt } from "../syntax/mod.ts";

// For tests: the worker language (pipelines §4) a second time, as a tree walker that is as simple as possible. Every value
// that is read is copied deeply, so that value semantics hold without a thought. It knows what random programs use.

/** A failure, by its code. */
export class ReferenceFailure {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
}

/** The program makes values too large for copying all the time. */
export class TooLarge {}

class RefEvent {
  payload: unknown;
  constructor(payload: unknown) {
    this.payload = payload;
  }
}

type Scope = Map<string, unknown>[];
type Maps = { [key: string]: unknown };

class Return {
  readonly values: readonly unknown[];
  constructor(values: readonly unknown[]) {
    this.values = values;
  }
}

/** What function `w` returns for a payload: its first value, as JSON. */
export function interpret(functions: readonly FuncDecl[], payload: Json): Json {
  const byName = new Map(functions.map((decl) => [decl.name?.text ?? "", decl]));
  const [value] = call(byName, "w", [new RefEvent(copy(payload))]);
  return JSON.parse(JSON.stringify(value instanceof RefEvent ? value.payload : (value ?? null)));
}

type Functions = ReadonlyMap<string, FuncDecl>;

function call(functions: Functions, name: string, args: readonly unknown[]): readonly unknown[] {
  const decl = functions.get(name);
  if (decl === undefined) throw new Error(`no function ${name}`);
  const scope: Scope = [new Map(decl.params.map((param, at) => [param.name.text, args[at]]))];
  const end = block(functions, decl.body.statements, scope);
  return end instanceof Return ? end.values : [null];
}

type End = undefined | "break" | "continue" | Return;

function block(functions: Functions, statements: readonly Stmt[], scope: Scope): End {
  for (const statement of statements) {
    const end = execute(functions, statement, scope);
    if (end !== undefined) return end;
  }
  return undefined;
}

function inner(functions: Functions, { statements }: Pick<Block, "statements">, scope: Scope): End {
  return block(functions, statements, [...scope, new Map()]);
}

function execute(functions: Functions, statement: Stmt, scope: Scope): End {
  const value = (expr: Expr) => evaluate(functions, expr, scope);
  switch (statement.kind) {
    case "return":
      return new Return(valuesOf(functions, statement.values, scope));
    case "var":
      scope.at(-1)?.set(statement.name.text, statement.value === undefined ? null : value(statement.value));
      return undefined;
    case "define": {
      const values = valuesOf(functions, statement.values, scope);
      for (const [at, name] of statement.names.entries()) scope.at(-1)?.set(name.text, values[at] ?? null);
      return undefined;
    }
    case "assign": {
      if (statement.op === "=") {
        const keys = statement.targets.map((target) => keysOf(functions, target, scope));
        const values = valuesOf(functions, statement.values, scope);
        for (const [at, target] of statement.targets.entries())
          write(scope, target, keys[at] ?? [], values[at] ?? null);
        return undefined;
      }
      for (const target of statement.targets) {
        const keys = keysOf(functions, target, scope);
        const right = statement.values[0];
        if (right === undefined) throw new Error("no value");
        const left = value(target);
        write(scope, target, keys, binary(statement.op.slice(0, 1), left, value(right)));
      }
      return undefined;
    }
    case "step": {
      const keys = keysOf(functions, statement.target, scope);
      write(scope, statement.target, keys, binary("-", value(statement.target), statement.op === "++" ? -1 : 1));
      return undefined;
    }
    case "call":
      value(statement.call);
      return undefined;
    case "block":
      return inner(functions, statement.body, scope);
    case "if": {
      const own = [...scope, new Map()];
      if (statement.init !== undefined) execute(functions, statement.init, own);
      if (truth(evaluate(functions, statement.condition, own))) return inner(functions, statement.then, own);
      return statement.else === undefined ? undefined : execute(functions, statement.else, own);
    }
    case "loop": {
      const own = [...scope, new Map()];
      if (statement.init !== undefined) execute(functions, statement.init, own);
      while (statement.condition === undefined || truth(evaluate(functions, statement.condition, own))) {
        const end = inner(functions, statement.body, own);
        if (end === "break") return undefined;
        if (end instanceof Return) return end;
        if (statement.post !== undefined) execute(functions, statement.post, own);
      }
      return undefined;
    }
    case "range":
      for (const [key, element] of turns(value(statement.over))) {
        const own = new Map([[statement.key.text, key]]);
        if (statement.value !== undefined) own.set(statement.value.text, element);
        const end = inner(functions, statement.body, [...scope, own]);
        if (end === "break") return undefined;
        if (end instanceof Return) return end;
      }
      return undefined;
    case "switch": {
      const subject = statement.subject === undefined ? true : value(statement.subject);
      const test = (expr: Expr) => (statement.subject === undefined ? truth(value(expr)) : same(subject, value(expr)));
      const chosen =
        statement.cases.find(({ values }) => values?.some(test) === true) ??
        statement.cases.find(({ values }) => values === undefined);
      const end = chosen === undefined ? undefined : inner(functions, chosen, scope);
      return end === "break" ? undefined : end;
    }
    case "break":
    case "continue":
      return statement.kind;
  }
}

function valuesOf(functions: Functions, exprs: readonly Expr[], scope: Scope): readonly unknown[] {
  const [only] = exprs;
  if (exprs.length === 1 && only?.kind === "call" && only.callee.kind === "name" && functions.has(only.callee.name)) {
    return call(
      functions,
      only.callee.name,
      only.args.map((arg) => evaluate(functions, arg, scope)),
    );
  }
  return exprs.map((expr) => evaluate(functions, expr, scope));
}

function turns(over: unknown): [unknown, unknown][] {
  if (typeof over === "number") {
    if (!Number.isInteger(over)) throw new ReferenceFailure("E_WORKER_ARG");
    return Array.from({ length: Math.max(0, over) }, (_, at) => [at, at]);
  }
  if (typeof over === "string") return [...over].map((point, at) => [at, point]);
  if (Array.isArray(over)) return over.map((element, at) => [at, element]);
  if (isMap(over)) return sorted(Object.keys(over)).map((key) => [key, over[key]]);
  throw new ReferenceFailure("E_WORKER_TYPE");
}

/** The names and index values of a path, from its variable on. */
function keysOf(functions: Functions, target: Expr, scope: Scope): unknown[] {
  if (target.kind === "member") return [...keysOf(functions, target.object, scope), target.name.text];
  if (target.kind !== "index") return [];
  return [...keysOf(functions, target.object, scope), evaluate(functions, target.index, scope)];
}

function write(scope: Scope, target: Expr, keys: readonly unknown[], value: unknown): void {
  let root = target;
  while (root.kind === "member" || root.kind === "index") root = root.object;
  const name = root.kind === "name" ? root.name : "";
  if (name === "_") return;
  const frame = scope.findLast((each) => each.has(name));
  frame?.set(name, put(frame.get(name), keys, copy(value)));
}

function put(holder: unknown, [key, ...keys]: readonly unknown[], value: unknown): unknown {
  if (key === undefined) return value;
  const target = holder ?? {};
  if (target instanceof RefEvent) {
    if (key !== "payload") throw new ReferenceFailure("E_WORKER_TYPE");
    const payload = put(target.payload, keys, value);
    if (payload instanceof RefEvent) throw new ReferenceFailure("E_WORKER_TYPE");
    return new RefEvent(payload);
  }
  if (Array.isArray(target)) target[indexIn(target, key)] = json(put(target[indexIn(target, key)], keys, value));
  else if (isMap(target) && typeof key === "string") target[key] = json(put(target[key], keys, value));
  else throw new ReferenceFailure("E_WORKER_TYPE");
  return target;
}

function evaluate(functions: Functions, expr: Expr, scope: Scope): unknown {
  const value = (each: Expr) => evaluate(functions, each, scope);
  switch (expr.kind) {
    case "number":
    case "string":
    case "bool":
      return expr.value;
    case "duration":
      return expr.ms;
    case "nil":
      return null;
    case "name":
      return copy(scope.findLast((each) => each.has(expr.name))?.get(expr.name));
    case "unary": {
      const operand = value(expr.operand);
      return expr.op === "!" ? !truth(operand) : binary("-", 0, operand);
    }
    case "binary":
      if (expr.op === "&&") return truth(value(expr.left)) && truth(value(expr.right));
      if (expr.op === "||") return truth(value(expr.left)) || truth(value(expr.right));
      return binary(expr.op, value(expr.left), value(expr.right));
    case "member":
      return memberOf(value(expr.object), expr.name.text);
    case "index":
      return memberOf(value(expr.object), value(expr.index));
    case "call": {
      const name = expr.callee.kind === "name" ? expr.callee.name : "";
      const args = expr.args.map(value);
      return functions.has(name) ? (call(functions, name, args)[0] ?? null) : builtin(name, args);
    }
    case "list":
      return expr.items.map((item) => json(value(item)));
    case "map":
      return Object.fromEntries(expr.entries.map(([key, entry]) => [value(key), json(value(entry))]));
  }
}

function memberOf(holder: unknown, key: unknown): unknown {
  if (holder === null || holder === undefined) return null;
  if (holder instanceof RefEvent && key === "payload") return holder.payload;
  if (Array.isArray(holder)) return holder[indexIn(holder, key)];
  if (isMap(holder) && typeof key === "string") return holder[key] ?? null;
  throw new ReferenceFailure("E_WORKER_TYPE");
}

function indexIn(list: readonly unknown[], key: unknown): number {
  if (typeof key !== "number") throw new ReferenceFailure("E_WORKER_TYPE");
  if (!Number.isInteger(key) || key < 0 || key >= list.length) throw new ReferenceFailure("E_WORKER_INDEX");
  return key;
}

function binary(op: string, a: unknown, b: unknown): unknown {
  if (op === "==") return same(a, b);
  if (op === "!=") return !same(a, b);
  if (typeof a === "string" && typeof b === "string") {
    if (op === "+") return short(a + b);
    if (op === "<") return sorted([a, b])[0] === a && a !== b;
    throw new ReferenceFailure("E_WORKER_TYPE");
  }
  if (typeof a !== "number" || typeof b !== "number") throw new ReferenceFailure("E_WORKER_TYPE");
  if ((op === "/" || op === "%") && b === 0) throw new ReferenceFailure("E_WORKER_ARITH");
  const results: Record<string, unknown> = { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "%": a % b, "<": a < b };
  const result = results[op];
  if (typeof result === "number" && !Number.isFinite(result)) throw new ReferenceFailure("E_WORKER_ARITH");
  return result === 0 ? 0 : result;
}

function builtin(name: string, [a, b, c, ...more]: readonly unknown[]): unknown {
  switch (name) {
    case "len":
      if (a === null) return 0;
      if (typeof a === "string") return [...a].length;
      return Array.isArray(a) ? a.length : Object.keys(map(a)).length;
    case "append":
      return [...list(a), ...[b, c, ...more].filter((each) => each !== undefined).map(json)];
    case "keys":
      return sorted(Object.keys(map(a)));
    case "omit":
      return Object.fromEntries(Object.entries(map(a)).filter(([key]) => key !== b));
    case "contains":
      return typeof a === "string" && typeof b === "string" ? a.includes(b) : list(a).some((each) => same(each, b));
    case "has":
      return found(a, b) !== undefined;
    case "get":
      return found(a, b) ?? (found(a, b) === null ? null : c);
    case "str":
      return typeof a === "string" ? a : canonical(checkJson(json(a)));
    case "typeof":
      if (a === null) return "nil";
      if (a instanceof RefEvent) return "event";
      return Array.isArray(a) ? "list" : typeof a === "object" ? "map" : typeof a === "boolean" ? "bool" : typeof a;
    default:
      throw new Error(`the reference has no ${name}`);
  }
}

function found(value: unknown, path: unknown): unknown {
  let at = value;
  for (const name of String(path).split(".")) {
    if (at instanceof RefEvent && name === "payload") at = at.payload;
    else if (isMap(at)) at = at[name];
    else return undefined;
  }
  return at;
}

function short(text: string): string {
  if (text.length > MOST) throw new TooLarge();
  return text;
}

function truth(value: unknown): boolean {
  if (typeof value !== "boolean") throw new ReferenceFailure("E_WORKER_TYPE");
  return value;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new ReferenceFailure("E_WORKER_TYPE");
  return value;
}

function map(value: unknown): Maps {
  if (!isMap(value)) throw new ReferenceFailure("E_WORKER_TYPE");
  return value;
}

function json(value: unknown): unknown {
  if (value instanceof RefEvent) throw new ReferenceFailure("E_WORKER_TYPE");
  return value;
}

function isMap(value: unknown): value is Maps {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof RefEvent);
}

function same(a: unknown, b: unknown): boolean {
  if (a instanceof RefEvent || b instanceof RefEvent) {
    return a instanceof RefEvent && b instanceof RefEvent && same(a.payload, b.payload);
  }
  return canonical(checkJson(a)) === canonical(checkJson(b));
}

/** By code point. */
function sorted(texts: readonly string[]): string[] {
  const points = (text: string) => [...text].map((point) => String(point.codePointAt(0)).padStart(7, "0")).join("");
  return texts.toSorted((a, b) => (points(a) < points(b) ? -1 : points(a) > points(b) ? 1 : 0));
}

const MOST = 20_000;

function copy(value: unknown): unknown {
  if (value instanceof RefEvent) return new RefEvent(copy(value.payload));
  if (typeof value !== "object" || value === null) return value ?? null;
  if (JSON.stringify(value).length > MOST) throw new TooLarge();
  return structuredClone(value);
}
