import { type Expr, type FuncDecl, Suggestions, type SyntaxFinding } from "../syntax/mod.ts";
import { BodyCheck } from "./check_func_body.ts";
import { checkExpr } from "./check_func_exprs.ts";
import { alwaysReturns } from "./check_func_returns.ts";
import { checkStatements } from "./check_func_statements.ts";
import type { FunctionScope } from "./worker_scope.ts";

/**
 * The static checks of functions' bodies (pipelines §4): E_NAME_UNDEFINED, E_CALL_ARITY, E_LOOP_CONTROL, E_RETURN_COUNT and
 * E_FUNC_MISSING_RETURN, function by function. All of them stand in the file that `scope` is of.
 */
export function checkFunctions(
  functions: Iterable<FuncDecl>,
  scope: FunctionScope,
  suggestions = new Suggestions(),
): SyntaxFinding[] {
  return [...functions].flatMap((decl) => checkFunction(decl, scope, suggestions).findings);
}

/** Checks one function, named or literal, and binds the names in it. */
export function checkFunction(decl: FuncDecl, scope: FunctionScope, suggestions = new Suggestions()): BodyCheck {
  const body = new BodyCheck(scope, decl.results.length, suggestions);
  for (const param of decl.params) body.declareParameter(param.name);
  checkStatements(body, decl.body.statements);
  if (decl.results.length > 0 && !alwaysReturns(decl.body.statements)) reportMissingReturn(body, decl);
  return body;
}

/** Checks an expression that is given to a built-in worker, where `ev` is the event. */
export function checkWorkerExpr(expr: Expr, scope: FunctionScope, suggestions = new Suggestions()): BodyCheck {
  const body = new BodyCheck(scope, 1, suggestions);
  body.locals.declare("ev");
  checkExpr(body, expr);
  return body;
}

function reportMissingReturn(body: BodyCheck, { name, start }: FuncDecl): void {
  const what = name === undefined ? "the function" : `function ${name.text}`;
  const keyword = { start, end: start + "func".length };
  body.report("E_FUNC_MISSING_RETURN", keyword, `${what} can end without the return that its results need`);
}
