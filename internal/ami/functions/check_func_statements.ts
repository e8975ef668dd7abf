import type { Block, Expr, Span, Stmt, SwitchCase } from "../syntax/mod.ts";
import type { BodyCheck } from "./check_func_body.ts";
import { checkExpr, checkExprs } from "./check_func_exprs.ts";

type Of<K extends Stmt["kind"]> = Extract<Stmt, { kind: K }>;

/** Checks the statements of a block, whose variables end with it. */
export function checkBlock(body: BodyCheck, block: Block): void {
  body.locals.inBlock(() => checkStatements(body, block.statements));
}

export function checkStatements(body: BodyCheck, statements: readonly Stmt[]): void {
  for (const statement of statements) checkStatement(body, statement);
}

function checkStatement(body: BodyCheck, statement: Stmt): void {
  switch (statement.kind) {
    case "return":
      checkReturn(body, statement);
      break;
    case "var":
      if (statement.value !== undefined) checkExpr(body, statement.value);
      body.declare(statement.name);
      break;
    case "define":
      checkDefine(body, statement);
      break;
    case "assign":
      checkAssign(body, statement);
      break;
    case "step":
      checkTarget(body, statement.target);
      break;
    case "call":
      checkExpr(body, statement.call);
      break;
    case "block":
      checkBlock(body, statement.body);
      break;
    case "if":
      checkIf(body, statement);
      break;
    case "loop":
      checkLoop(body, statement);
      break;
    case "range":
      checkRange(body, statement);
      break;
    case "switch":
      checkSwitch(body, statement);
      break;
    case "break":
      checkControl(body, statement, body.breakable, "a loop or a switch");
      break;
    case "continue":
      checkControl(body, statement, body.loops, "a loop");
      break;
  }
}

function checkReturn(body: BodyCheck, { values }: Of<"return">): void {
  checkExprs(body, values);
  const surplus = values[body.results];
  if (surplus !== undefined) {
    reportCount(body, surplus, values.length);
    return;
  }
  // `return f(x)` passes on all values of f.
  const only = values.length === 1 ? values[0] : undefined;
  const passed = only === undefined ? 0 : (resultsOf(body, only) ?? 0);
  if (only !== undefined && passed > Math.max(body.results, 1)) reportCount(body, only, passed);
}

function reportCount(body: BodyCheck, at: Span, given: number): void {
  const declared = body.results === 1 ? "1 value" : `${body.results === 0 ? "no" : body.results} values`;
  body.report("E_RETURN_COUNT", at, `the function returns ${declared} by its declaration, here ${given}`);
}

function checkDefine(body: BodyCheck, { names, values }: Of<"define">): void {
  checkExprs(body, values);
  checkCounts(body, names, values);
  for (const name of names) body.declare(name);
}

function checkAssign(body: BodyCheck, { targets, values }: Of<"assign">): void {
  for (const target of targets) checkTarget(body, target);
  checkExprs(body, values);
  checkCounts(body, targets, values);
}

/** As many values as targets, or one call of a declared function for all; what it does not return is nil. */
function checkCounts(body: BodyCheck, targets: readonly Span[], values: readonly Expr[]): void {
  if (targets.length === values.length) return;
  const [only] = values;
  if (values.length === 1 && only !== undefined && resultsOf(body, only) !== undefined) return;
  const at = values[targets.length] ?? targets[values.length];
  if (at === undefined) return;
  body.report("E_CALL_ARITY", at, `${targets.length} variables are assigned ${values.length} values`);
}

/** The number of values that a call of a declared function returns; undefined for other expressions. */
function resultsOf(body: BodyCheck, expr: Expr): number | undefined {
  const binding = expr.kind === "call" ? body.bindings.get(expr) : undefined;
  return binding?.kind === "function" ? binding.target.decl.results.length : undefined;
}

function checkTarget(body: BodyCheck, target: Expr): void {
  const root = rootOf(target);
  if (root.kind !== "name") {
    body.report("E_PARSE", target, "expected a variable or a member of one to assign to");
    return;
  }
  if (root === target && root.name === "_") {
    body.bindings.set(root, { kind: "discard" });
    return;
  }
  // A member of an enum is no place either.
  if (body.locals.find(root.name) === undefined) checkExpr(body, root);
  else checkExpr(body, target);
}

function rootOf(target: Expr): Expr {
  let root = target;
  while (root.kind === "member" || root.kind === "index") root = root.object;
  return root;
}

function checkIf(body: BodyCheck, statement: Of<"if">): void {
  body.locals.inBlock(() => {
    if (statement.init !== undefined) checkStatement(body, statement.init);
    checkExpr(body, statement.condition);
    checkBlock(body, statement.then);
    if (statement.else !== undefined) checkStatement(body, statement.else);
  });
}

function checkLoop(body: BodyCheck, { init, condition, post, body: block }: Of<"loop">): void {
  body.locals.inBlock(() => {
    if (init !== undefined) checkStatement(body, init);
    if (condition !== undefined) checkExpr(body, condition);
    if (post !== undefined) checkStatement(body, post);
    checkLoopBody(body, block);
  });
}

function checkRange(body: BodyCheck, { key, value, over, body: block }: Of<"range">): void {
  checkExpr(body, over);
  body.locals.inBlock(() => {
    body.declare(key);
    if (value !== undefined) body.declare(value);
    checkLoopBody(body, block);
  });
}

function checkLoopBody(body: BodyCheck, block: Block): void {
  body.loops += 1;
  body.breakable += 1;
  checkBlock(body, block);
  body.loops -= 1;
  body.breakable -= 1;
}

function checkSwitch(body: BodyCheck, { subject, cases }: Of<"switch">): void {
  if (subject !== undefined) checkExpr(body, subject);
  body.breakable += 1;
  for (const each of cases) checkCase(body, each);
  body.breakable -= 1;
}

function checkCase(body: BodyCheck, { values, statements }: SwitchCase): void {
  if (values !== undefined) checkExprs(body, values);
  body.locals.inBlock(() => checkStatements(body, statements));
}

function checkControl(body: BodyCheck, statement: Of<"break" | "continue">, inside: number, what: string): void {
  if (inside === 0) body.report("E_LOOP_CONTROL", statement, `${statement.kind} stands outside of ${what}`);
}
