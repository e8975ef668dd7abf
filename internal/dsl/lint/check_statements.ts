import { FUNCTIONS, isReserved, RESERVED } from "../../policy/mod.ts";
import { type ChooseStatement, type Deep, type IfStatement, into, type Part, type Statement } from "../syntax/mod.ts";
import { checkExpression, type ExpressionScope } from "./check_expression.ts";
import { checkOptions } from "./check_options.ts";
import { type Report, warn } from "./report.ts";

/** Checks the statements of a policy in their order (flows §7). Behind it, `scope.assigned` is what is assigned in the end. */
export function* checkStatements(statements: readonly Statement[], scope: ExpressionScope, report: Report): Deep<void> {
  for (const statement of statements) {
    switch (statement.kind) {
      case "assignment":
        checkExpression(statement.expression, scope, report);
        checkTarget(statement.target, report);
        scope.assigned.assign(statement.target.text);
        break;
      case "if":
        yield* into(checkIf(statement, scope, report));
        break;
      case "choose":
        checkChoose(statement, scope, report);
    }
  }
}

function* checkIf(statement: IfStatement, scope: ExpressionScope, report: Report): Deep<void> {
  const { condition, body, otherwise } = statement;
  checkExpression(condition, scope, report);
  if (body.length === 0) warn(report, "empty-block", statement.at, "the if has no statements", { length: 2 });
  if (otherwise?.statements.length === 0) {
    warn(report, "empty-block", otherwise.at, "the else has no statements", { length: 4 });
  }
  const branches = [];
  for (const statements of [body, otherwise?.statements ?? []]) {
    const end = scope.assigned.begin();
    yield* into(checkStatements(statements, scope, report));
    branches.push(end());
  }
  scope.assigned.join(branches);
}

/** One option applies: it assigns to its own target, or to that of the first option that has one. */
function checkChoose(statement: ChooseStatement, scope: ExpressionScope, report: Report): void {
  const options = checkOptions(statement, report);
  const shared = options.find(({ target }) => target !== undefined)?.target;
  const branches = options.map(({ option, target, expression, reachable }) => {
    if (option.probability !== undefined) checkExpression(option.probability, scope, report);
    if (target?.text === "") {
      const { text, at } = option.text;
      const message = "there is nothing before '=' to assign to";
      report({ code: "bad-expression", at, length: text.length, message });
    } else checkExpression(expression, scope, report);
    if (target !== undefined && target.text !== "") checkTarget(target, report);
    const name = (target ?? shared)?.text ?? "";
    return reachable ? new Set(name === "" ? [] : [name]) : undefined;
  });
  for (const { target } of options)
    if (target !== undefined && target.text !== "") scope.assigned.assignSometimes(target.text);
  scope.assigned.join(branches.filter((names) => names !== undefined));
}

const DOTTED_NAME = /^[\p{ID_Start}_]\p{ID_Continue}*(?:\.[\p{ID_Start}_]\p{ID_Continue}*)*$/u;

function checkTarget({ text, at }: Part, report: Report): void {
  const aside = { length: text.length };
  const names = text.split(".");
  if (!DOTTED_NAME.test(text) || names.some((name) => RESERVED.has(name))) {
    const message = `'${text}' is no name: only a text that is exactly this one finds it`;
    warn(report, "bad-target", at, message, aside);
  } else if (isReserved(names[0] ?? "")) {
    const what = FUNCTIONS.has(names[0] ?? "") ? "a function" : "given to every policy";
    warn(report, "shadowed-name", at, `'${names[0]}' is ${what}: in an expression that wins`, aside);
  }
}
