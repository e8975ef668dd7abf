import type { EnumDecl, Expr } from "../syntax/mod.ts";
import { BUILTINS } from "./builtin_table.ts";
import type { BodyCheck } from "./check_func_body.ts";
import { checkCall } from "./check_func_calls.ts";

/** Checks the names and calls of an expression (pipelines §4). */
export function checkExpr(body: BodyCheck, expr: Expr): void {
  switch (expr.kind) {
    case "name":
      checkName(body, expr);
      break;
    case "unary":
      checkExpr(body, expr.operand);
      break;
    case "binary":
      checkExpr(body, expr.left);
      checkExpr(body, expr.right);
      break;
    case "member":
      checkMember(body, expr);
      break;
    case "index":
      checkExpr(body, expr.object);
      checkExpr(body, expr.index);
      break;
    case "call":
      checkCall(body, expr);
      checkExprs(body, expr.args);
      break;
    case "list":
      checkExprs(body, expr.items);
      break;
    case "map":
      checkExprs(body, expr.entries.flat());
      break;
    case "number":
    case "duration":
    case "string":
    case "bool":
    case "nil":
      break;
  }
}

export function checkExprs(body: BodyCheck, exprs: readonly Expr[]): void {
  for (const expr of exprs) checkExpr(body, expr);
}

function checkName(body: BodyCheck, expr: Extract<Expr, { kind: "name" }>): void {
  if (body.bindLocal(expr, expr.name)) return;
  const { functions, enums, imports } = body.scope;
  if (functions.has(expr.name) || BUILTINS.has(expr.name)) {
    body.report("E_NAME_UNDEFINED", expr, `${expr.name} is a function, which is no value: call it`);
  } else if (enums.has(expr.name)) {
    body.report("E_NAME_UNDEFINED", expr, `${expr.name} is an enum, which is no value: name a member of it`);
  } else if (imports.has(expr.name) || expr.name === "state") {
    body.report("E_NAME_UNDEFINED", expr, `${expr.name} is no value: call a function of it`);
  } else {
    const { name: text, start, end } = expr;
    body.reportUnknown({ text, start, end }, `undefined name ${text}`, body.locals.names());
  }
}

function checkMember(body: BodyCheck, expr: Extract<Expr, { kind: "member" }>): void {
  const { object, name } = expr;
  const found =
    object.kind === "name" && body.locals.find(object.name) === undefined
      ? body.scope.enums.get(object.name)
      : undefined;
  if (found === undefined) {
    checkExpr(body, object);
    return;
  }
  if (!found.members.some((member) => member.text === name.text)) {
    body.reportUnknown(name, `enum ${found.name.text} has no member ${name.text}`, namesOf(found));
  }
  body.bindings.set(expr, { kind: "enum", text: name.text });
}

function* namesOf({ members }: EnumDecl): Iterable<string> {
  for (const { text } of members) yield text;
}
