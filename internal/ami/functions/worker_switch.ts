import type { SwitchCase } from "../syntax/mod.ts";
import { BREAK, type Code, type Exec, type Frame, type Gen, NEXT, type StmtOf } from "./worker_code.ts";
import { equalValues } from "./worker_equal.ts";
import { bool } from "./worker_operators.ts";

interface Case {
  readonly values: readonly Code[];
  readonly body: Exec;
}

/**
 * `switch`: the first case that holds a value `==` the subject, or without a subject a condition that is true; else the
 * default, wherever it stands. No fall-through; `break` leaves it (pipelines §4).
 */
export function compileSwitch(g: Gen, { subject, cases }: StmtOf<"switch">): Exec {
  const otherwise = cases.find(({ values }) => values === undefined);
  const orElse = otherwise === undefined ? NOTHING : g.statements(otherwise.statements);
  const compiled = cases.filter((each) => each !== otherwise).map((each) => compileCase(g, each));
  const choose = subject === undefined ? chooseTrue(compiled) : chooseEqual(g, g.peek(subject), compiled);
  return (frame) => {
    const flow = (choose(frame) ?? orElse)(frame);
    return flow === BREAK ? NEXT : flow;
  };
}

const NOTHING: Exec = () => NEXT;

/** The body of the first case that fits. */
type Choose = (frame: Frame) => Exec | undefined;

function compileCase(g: Gen, { values, statements }: SwitchCase): Case {
  return { values: values?.map((value) => g.peek(value)) ?? [], body: g.statements(statements) };
}

function chooseEqual({ run }: Gen, subject: Code, cases: readonly Case[]): Choose {
  return (frame) => {
    const value = subject(frame);
    for (const { values, body } of cases) {
      for (const code of values) if (equalValues(run, value, code(frame))) return body;
    }
    return undefined;
  };
}

function chooseTrue(cases: readonly Case[]): Choose {
  return (frame) => {
    for (const { values, body } of cases) {
      for (const code of values) if (bool("case", code(frame))) return body;
    }
    return undefined;
  };
}
