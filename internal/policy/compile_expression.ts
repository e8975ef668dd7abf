import { type Json, setKey } from "../value/mod.ts";
import { compilePath } from "./compile_path.ts";
import { failing } from "./failing.ts";
import { functionMeant } from "./name_meant.ts";
import { fieldOf, got, indexed, keyOf } from "./operations/access.ts";
import { ARITHMETIC, power, signed } from "./operations/arithmetic.ts";
import { COMPARISONS } from "./operations/comparison.ts";
import { arityFault, FUNCTIONS } from "./operations/functions.ts";
import { truthy } from "./operations/truthy.ts";
import type { Evaluate, Run } from "./run.ts";
import type { Scope } from "./scope.ts";
import type {
  ArithmeticExpression,
  CallExpression,
  ComparisonExpression,
  Expression,
  MappingExpression,
  PostfixExpression,
  PostfixStep,
} from "./syntax/expression.ts";

/** Makes an expression ready: a tree of closures, so that each evaluation only does what the expression says. */
export function compileExpression(expression: Expression, scope: Scope): Evaluate {
  const compile = (part: Expression): Evaluate => compileExpression(part, scope);
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "path":
      return compilePath(expression.names, scope);
    case "list": {
      const items = expression.items.map(compile);
      return (run) => run.made(items.map((item) => item(run)));
    }
    case "mapping":
      return compileMapping(expression, compile);
    case "call":
      return compileCall(expression, compile);
    case "postfix":
      return compilePostfix(expression, compile);
    case "sign": {
      const operand = compile(expression.operand);
      const { operator } = expression;
      return (run) => signed(operator, operand(run));
    }
    case "not": {
      const operand = compile(expression.operand);
      return (run) => !truthy(operand(run));
    }
    case "and":
    case "or":
      return compileLogic(expression.kind, expression.operands.map(compile));
    case "arithmetic":
      return compileArithmetic(expression, compile);
    case "power": {
      const base = compile(expression.base);
      const exponent = compile(expression.exponent);
      return (run) => power(base(run), exponent(run));
    }
    case "comparison":
      return compileComparison(expression, compile);
    case "conditional": {
      const condition = compile(expression.condition);
      const then = compile(expression.then);
      const otherwise = compile(expression.otherwise);
      return (run) => (truthy(condition(run)) ? then(run) : otherwise(run));
    }
  }
}

type Compile = (part: Expression) => Evaluate;

function compileMapping({ entries }: MappingExpression, compile: Compile): Evaluate {
  const compiled = entries.map(({ key, value }) => ({ key: compile(key), value: compile(value) }));
  return (run) => {
    const mapping: { [key: string]: Json } = {};
    for (const { key, value } of compiled) setKey(mapping, keyOf(key(run)), value(run));
    return run.made(mapping);
  };
}

function compileCall({ name, args }: CallExpression, compile: Compile): Evaluate {
  const called = FUNCTIONS.get(name.text)?.call;
  const fault = called === undefined ? unknownFunction(name.text) : arityFault(name.text, args.length);
  if (called === undefined || fault !== undefined) return failing(fault ?? "");
  const compiled = args.map(compile);
  const [first, second] = compiled;
  // The commonest numbers of arguments need no walk.
  if (compiled.length === 1 && first !== undefined) return (run) => called([first(run)], run);
  if (compiled.length === 2 && first !== undefined && second !== undefined) {
    return (run) => called([first(run), second(run)], run);
  }
  return (run) =>
    called(
      compiled.map((arg) => arg(run)),
      run,
    );
}

function unknownFunction(name: string): string {
  const near = functionMeant(name);
  return `there is no function '${name}'${near === undefined ? "" : `; did you mean '${near}'?`}`;
}

function compilePostfix({ base, steps }: PostfixExpression, compile: Compile): Evaluate {
  const start = compile(base);
  const [first, ...others] = steps.map((step) => compileStep(step, compile));
  if (first === undefined) return start;
  if (others.length === 0) return (run) => first(start(run), run);
  return (run) => others.reduce((value, step) => step(value, run), first(start(run), run));
}

function compileStep(step: PostfixStep, compile: Compile): (on: Json, run: Run) => Json {
  switch (step.kind) {
    case "index": {
      const index = compile(step.index);
      return (on, run) => indexed(on, index(run), run);
    }
    case "field": {
      const { text } = step.name;
      return (on) => fieldOf(on, text);
    }
    case "get": {
      const key = compile(step.key);
      const fallback = step.fallback === undefined ? () => null : compile(step.fallback);
      return (on, run) => got(on, key(run), fallback(run));
    }
  }
}

function compileLogic(kind: "and" | "or", operands: readonly Evaluate[]): Evaluate {
  const decides = kind === "or";
  return (run) => {
    let value: Json = null;
    for (const operand of operands) {
      value = operand(run);
      if (truthy(value) === decides) return value;
    }
    return value;
  };
}

function compileArithmetic({ first, rest }: ArithmeticExpression, compile: Compile): Evaluate {
  const start = compile(first);
  const steps = rest.map(({ operator, operand }) => ({ operation: ARITHMETIC[operator], operand: compile(operand) }));
  const [only] = steps;
  if (only !== undefined && steps.length === 1) {
    const { operation, operand } = only;
    return (run) => operation(start(run), operand(run), run);
  }
  return (run) => {
    let value = start(run);
    for (const { operation, operand } of steps) value = operation(value, operand(run), run);
    return value;
  };
}

function compileComparison({ first, rest }: ComparisonExpression, compile: Compile): Evaluate {
  const start = compile(first);
  const steps = rest.map(({ operator, operand }) => ({ compare: COMPARISONS[operator], operand: compile(operand) }));
  const [only] = steps;
  if (only !== undefined && steps.length === 1) {
    const { compare, operand } = only;
    return (run) => compare(start(run), operand(run), run);
  }
  return (run) => {
    let left = start(run);
    for (const { compare, operand } of steps) {
      const right = operand(run);
      if (!compare(left, right, run)) return false;
      left = right;
    }
    return true;
  };
}
