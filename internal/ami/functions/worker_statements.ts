import type { Stmt } from "../syntax/mod.ts";
import { compileAssign, compileDefine, compileStep, compileVar } from "./worker_assign.ts";
import { BREAK, CONTINUE, type Exec, type Gen, NEXT, type StmtOf } from "./worker_code.ts";
import { compileLoop } from "./worker_loops.ts";
import { bool } from "./worker_operators.ts";
import { compileRange } from "./worker_range.ts";
import { compileReturn } from "./worker_returns.ts";
import type { Run, Site } from "./worker_run.ts";
import { compileSwitch } from "./worker_switch.ts";

const NOTHING: Exec = () => NEXT;

export function compileStatement(g: Gen, statement: Stmt): Exec {
  switch (statement.kind) {
    case "return":
      return compileReturn(g, statement);
    case "var":
      return compileVar(g, statement);
    case "define":
      return compileDefine(g, statement);
    case "assign":
      return compileAssign(g, statement);
    case "step":
      return compileStep(g, statement);
    case "call":
      return compileCallStatement(g, statement);
    case "block":
      return g.statements(statement.body.statements);
    case "if":
      return compileIf(g, statement);
    case "loop":
      return compileLoop(g, statement);
    case "range":
      return compileRange(g, statement);
    case "switch":
      return compileSwitch(g, statement);
    case "break":
      return () => BREAK;
    case "continue":
      return () => CONTINUE;
  }
}

/** Statements one after the other. The run knows which one it is at, so that a failure can say so. */
export function compileStatements(g: Gen, statements: readonly Stmt[]): Exec {
  const { run } = g;
  const steps = statements.map((statement) => ({ site: g.site(statement), exec: g.statement(statement) }));
  const [first, second] = steps;
  if (first === undefined) return NOTHING;
  if (steps.length > 2) return compileSteps(run, steps);
  const { site, exec } = first;
  if (second === undefined) {
    return (frame) => {
      run.site = site;
      return exec(frame);
    };
  }
  const { site: secondSite, exec: secondExec } = second;
  return (frame) => {
    run.site = site;
    const flow = exec(frame);
    if (flow !== NEXT) return flow;
    run.site = secondSite;
    return secondExec(frame);
  };
}

function compileSteps(run: Run, steps: readonly { readonly site: Site; readonly exec: Exec }[]): Exec {
  return (frame) => {
    for (const { site, exec } of steps) {
      run.site = site;
      const flow = exec(frame);
      if (flow !== NEXT) return flow;
    }
    return NEXT;
  };
}

function compileCallStatement(g: Gen, { call }: StmtOf<"call">): Exec {
  const code = g.peek(call);
  return (frame) => {
    code(frame);
    return NEXT;
  };
}

function compileIf(g: Gen, statement: StmtOf<"if">): Exec {
  const init = statement.init === undefined ? undefined : g.statement(statement.init);
  const condition = g.peek(statement.condition);
  const then = g.statements(statement.then.statements);
  const orElse = statement.else === undefined ? NOTHING : g.statement(statement.else);
  const choose: Exec = (frame) => (bool("if", condition(frame)) ? then(frame) : orElse(frame));
  if (init === undefined) return choose;
  return (frame) => {
    init(frame);
    return choose(frame);
  };
}
