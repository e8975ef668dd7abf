import type { Stmt } from "../syntax/mod.ts";

type Of<K extends Stmt["kind"]> = Extract<Stmt, { kind: K }>;

/** Whether control never reaches the end of these statements (pipelines §4). */
export function alwaysReturns(statements: readonly Stmt[]): boolean {
  return statements.some(ends);
}

function ends(statement: Stmt): boolean {
  switch (statement.kind) {
    case "return":
      return true;
    case "block":
      return alwaysReturns(statement.body.statements);
    case "if":
      return alwaysReturns(statement.then.statements) && statement.else !== undefined && ends(statement.else);
    case "loop":
      return isEndless(statement) && !leaves(statement.body.statements);
    case "switch":
      return endsInEveryCase(statement);
    default:
      return false;
  }
}

function isEndless({ condition }: Of<"loop">): boolean {
  return condition === undefined || (condition.kind === "bool" && condition.value);
}

function endsInEveryCase({ cases }: Of<"switch">): boolean {
  return (
    cases.some(({ values }) => values === undefined) &&
    cases.every(({ statements }) => alwaysReturns(statements) && !leaves(statements))
  );
}

/** Whether a `break` of these statements leaves what they are the body of. */
function leaves(statements: readonly Stmt[]): boolean {
  return statements.some((statement) => {
    switch (statement.kind) {
      case "break":
        return true;
      case "block":
        return leaves(statement.body.statements);
      case "if":
        return leaves(statement.then.statements) || (statement.else !== undefined && leaves([statement.else]));
      default:
        // In loops and switches it leaves those.
        return false;
    }
  });
}
