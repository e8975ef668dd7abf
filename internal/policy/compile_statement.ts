import { assignmentSplit } from "./assignment_split.ts";
import { compileValue, type Spot } from "./compile_value.ts";
import { found } from "./operations/found.ts";
import { decimalOf, numberOf } from "./operations/numbers.ts";
import { PolicyFault } from "./operations/policy_fault.ts";
import { truthy } from "./operations/truthy.ts";
import type { PolicyChoose, PolicyIf, PolicyOption, PolicyStatement } from "./policy_document.ts";
import type { Evaluate, Run } from "./run.ts";
import type { Scope } from "./scope.ts";

/** A statement made ready. */
export type Execute = (run: Run) => void;

/** What all statements of a policy share. */
export interface StatementContext {
  readonly scope: Scope;
  readonly policy: string;
  readonly source: string;
}

/** Makes statements ready, to be done in their order (flows §4). */
export function compileStatements(statements: readonly PolicyStatement[], context: StatementContext): Execute {
  const compiled = statements.map((statement) => compileStatement(statement, context));
  return (run) => {
    for (const execute of compiled) execute(run);
  };
}

function compileStatement(statement: PolicyStatement, context: StatementContext): Execute {
  switch (statement.type) {
    case "assignment":
      return assign(
        statement.target,
        compileValue(statement.expression, context.scope, spotOf(statement, context)),
        context,
      );
    case "if":
      return compileIf(statement, context);
    case "choose":
      return compileChoose(statement, context);
  }
}

function compileIf(statement: PolicyIf, context: StatementContext): Execute {
  const condition = compileValue(statement.condition, context.scope, spotOf(statement, context));
  const then = compileStatements(statement.then, context);
  const otherwise = compileStatements(statement.else ?? [], context);
  return (run) => (truthy(condition(run)) ? then(run) : otherwise(run));
}

/** The first option that is drawn, in turn; if none is, the first one, whatever its probability. */
function compileChoose(statement: PolicyChoose, context: StatementContext): Execute {
  const { options } = statement;
  const target = options.map(optionAssignment).find((assignment) => assignment !== undefined)?.target;
  const place = { ...spotOf(statement, context), expression: "choose" };
  const compiled = options.map((option) => ({
    probability: compileProbability(option, context),
    apply: compileOption(option, target, context),
  }));
  const [first] = compiled;
  return (run) => {
    run.place = place;
    if (first === undefined) throw new PolicyFault("there is no option to choose from");
    for (const { probability, apply } of compiled) {
      const p = probability(run);
      if (p > 0 && run.draw() < p) {
        apply(run);
        return;
      }
    }
    first.apply(run);
  };
}

/** The probability of an option between 0 and 1; 0 for one without. */
function compileProbability(option: PolicyOption, context: StatementContext): (run: Run) => number {
  const { probability } = option;
  if (probability === null || probability === undefined) return () => 0;
  const evaluate = compileValue(probability, context.scope, spotOf(option, context));
  return (run) => {
    const value = evaluate(run);
    // Text that says no number counts as 0.
    const p = typeof value === "string" ? (decimalOf(value) ?? 0) : numberOf(value);
    if (p === undefined) throw new PolicyFault(`a probability is a number, found ${found(value)}`);
    return Math.max(0, Math.min(p, 1));
  };
}

function compileOption(option: PolicyOption, target: string | undefined, context: StatementContext): Execute {
  const assignment = optionAssignment(option);
  const evaluate = compileValue(assignment?.expression ?? option.expression, context.scope, spotOf(option, context));
  const assigned = assignment?.target ?? target;
  if (assigned !== undefined) return assign(assigned, evaluate, context);
  return (run) => {
    evaluate(run);
  };
}

/** An option that is an assignment; undefined: it is a value. */
function optionAssignment({ expression: text }: PolicyOption): { target: string; expression: string } | undefined {
  if (typeof text !== "string") return undefined;
  const split = assignmentSplit(text);
  if (split === undefined) return undefined;
  const { at, operator } = split;
  return { target: text.slice(0, at).trim(), expression: text.slice(at + operator.length) };
}

function assign(target: string, evaluate: Evaluate, { scope }: StatementContext): Execute {
  const slot = scope.slots.get(target);
  return (run) => {
    const value = evaluate(run);
    if (slot === undefined || target === "") throw new PolicyFault("there is nothing before '=' to assign to");
    run.variables[slot] = value;
  };
}

/** What statements assign to, each with a slot of its own. */
export function assignedNames(statements: readonly PolicyStatement[]): Map<string, number> {
  const slots = new Map<string, number>();
  const add = (name: string | undefined): void => {
    if (name !== undefined && !slots.has(name)) slots.set(name, slots.size);
  };
  const walk = (list: readonly PolicyStatement[]): void => {
    for (const statement of list) {
      if (statement.type === "assignment") add(statement.target);
      else if (statement.type === "choose")
        for (const option of statement.options) add(optionAssignment(option)?.target);
      else {
        walk(statement.then);
        walk(statement.else ?? []);
      }
    }
  };
  walk(statements);
  return slots;
}

function spotOf(at: { line: number; column: number; filename?: string | undefined }, context: StatementContext): Spot {
  return { policy: context.policy, file: at.filename ?? context.source, line: at.line, column: at.column };
}
