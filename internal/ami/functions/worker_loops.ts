import { BREAK, type Code, type Exec, type Gen, NEXT, RETURN, type StmtOf } from "./worker_code.ts";
import { bool } from "./worker_operators.ts";

const ALWAYS: Code = () => true;

/** `for` with and without its three clauses, and `while`. Each turn is a step (pipelines §4). */
export function compileLoop(g: Gen, statement: StmtOf<"loop">): Exec {
  const { run } = g;
  const init = statement.init === undefined ? undefined : g.statement(statement.init);
  const condition = statement.condition === undefined ? ALWAYS : g.peek(statement.condition);
  const post = statement.post === undefined ? undefined : g.statement(statement.post);
  const body = g.statements(statement.body.statements);
  return (frame) => {
    init?.(frame);
    while (bool("for", condition(frame))) {
      run.turn();
      const flow = body(frame);
      if (flow === BREAK) return NEXT;
      if (flow === RETURN) return RETURN;
      post?.(frame);
    }
    return NEXT;
  };
}
