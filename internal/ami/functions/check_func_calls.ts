import type { Expr, Name } from "../syntax/mod.ts";
import { BUILTINS } from "./builtin_table.ts";
import type { BodyCheck } from "./check_func_body.ts";
import type { Binding } from "./worker_bindings.ts";
import type { ScopedFunction } from "./worker_scope.ts";

type Call = Extract<Expr, { kind: "call" }>;
type Callable = Extract<Binding, { kind: "function" | "builtin" }>;

/** Checks what a call calls, and with how many arguments. The arguments themselves are the caller's. */
export function checkCall(body: BodyCheck, call: Call): void {
  const callable = findCallable(body, call.callee);
  if (callable === undefined) return;
  body.bindings.set(call, callable);
  checkArity(body, call, callable);
}

function findCallable(body: BodyCheck, callee: Expr): Callable | undefined {
  if (callee.kind === "name") return findFunction(body, callee);
  if (callee.kind === "member" && callee.object.kind === "name" && body.locals.find(callee.object.name) === undefined) {
    return findMember(body, callee.object, callee.name);
  }
  body.report("E_NAME_UNDEFINED", callee, "only functions can be called, and they are no values");
  return undefined;
}

function findFunction(body: BodyCheck, callee: Extract<Expr, { kind: "name" }>): Callable | undefined {
  const { name, start, end } = callee;
  if (body.locals.find(name) !== undefined) {
    body.report("E_NAME_UNDEFINED", callee, `${name} is a variable, which cannot be called`);
    return undefined;
  }
  const target = body.scope.functions.get(name);
  if (target !== undefined) return { kind: "function", target };
  const builtin = BUILTINS.get(name);
  if (builtin !== undefined) return { kind: "builtin", builtin };
  body.reportUnknown({ text: name, start, end }, `undefined function ${name}`, functionNames(body));
  return undefined;
}

/** `x.F` of an import, `state.get`. */
function findMember(body: BodyCheck, object: Extract<Expr, { kind: "name" }>, name: Name): Callable | undefined {
  const imported = body.scope.imports.get(object.name);
  if (imported !== undefined) return findImported(body, object.name, imported, name);
  if (object.name === "state") return findState(body, name);
  const { name: text, start, end } = object;
  body.reportUnknown({ text, start, end }, `undefined name ${text}`, qualifierNames(body));
  return undefined;
}

function findImported(
  body: BodyCheck,
  alias: string,
  functions: ReadonlyMap<string, ScopedFunction>,
  name: Name,
): Callable | undefined {
  const target = functions.get(name.text);
  if (target !== undefined) return { kind: "function", target };
  body.reportUnknown(name, `the import ${alias} has no function ${name.text}`, functions.keys());
  return undefined;
}

function findState(body: BodyCheck, name: Name): Callable | undefined {
  const builtin = BUILTINS.get(`state.${name.text}`);
  if (builtin !== undefined) return { kind: "builtin", builtin };
  const known = [...BUILTINS.keys()].filter((key) => key.startsWith("state.")).map((key) => key.slice("state.".length));
  body.reportUnknown(name, `state has no function ${name.text}`, known);
  return undefined;
}

function* functionNames(body: BodyCheck): Iterable<string> {
  yield* body.scope.functions.keys();
  yield* BUILTINS.keys();
}

/** What may stand before the dot of a call. */
function* qualifierNames(body: BodyCheck): Iterable<string> {
  yield "state";
  yield* body.scope.imports.keys();
}

function checkArity(body: BodyCheck, call: Call, callable: Callable): void {
  const given = call.args.length;
  const [min, max] =
    callable.kind === "builtin" ? [callable.builtin.min, callable.builtin.max] : exactly(callable.target);
  if (given >= min && given <= max) return;
  const usage = callable.kind === "builtin" ? callable.builtin.usage : usageOf(callable.target);
  body.report("E_CALL_ARITY", call.callee, `${usage} takes ${count(min, max)}, got ${given}`);
}

function exactly({ decl }: ScopedFunction): readonly [number, number] {
  return [decl.params.length, decl.params.length];
}

function usageOf({ decl }: ScopedFunction): string {
  return `${decl.name?.text ?? "func"}(${decl.params.map((param) => param.name.text).join(", ")})`;
}

function count(min: number, max: number): string {
  const few = min === max ? `${min}` : max === Number.POSITIVE_INFINITY ? `${min} or more` : `${min} to ${max}`;
  return few === "1" ? "1 argument" : `${few} arguments`;
}
