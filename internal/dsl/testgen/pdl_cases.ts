import { compilePolicy, PolicyError } from "../../policy/mod.ts";
import { type Json, setKey } from "../../value/mod.ts";
import { policyDocument } from "../compile/mod.ts";
import { activeArm, type PdlFile, type Statement, scalarsOf, splitAssignment } from "../syntax/mod.ts";
import { PolicyReads, type Threshold } from "./policy_reads.ts";
import { type Expectations, type GeneratedCase, withoutRepeats } from "./test_case.ts";

/** Every draw of a generated case: no option is drawn whose probability is less. */
const DRAW = 0.99;

/** The cases of a policy that compiles (flows §8): all values 0, then below, at and above each number it compares with. */
export function pdlCases(file: PdlFile, most: number): readonly GeneratedCase[] {
  const { keys, thresholds } = readsOf(file);
  const valuesOf = (value: number): { [key: string]: Json } => {
    const values: { [key: string]: Json } = {};
    for (const key of keys) setKey(values, key, value);
    return values;
  };
  const cases = [
    { name: "base", inputs: { values: valuesOf(0) } },
    ...thresholds.flatMap((threshold) =>
      around(threshold).map(({ name, value }) => ({ name, inputs: { values: valuesOf(value) } })),
    ),
  ];
  const policy = compilePolicy(policyDocument(file));
  return withoutRepeats(cases)
    .slice(0, most)
    .map(({ name, inputs }) => {
      return { name, inputs, expectations: expectation(() => policy.evaluate({ ...inputs, draws: () => DRAW }).emit) };
    });
}

function around({ name, value }: Threshold): readonly { readonly name: string; readonly value: number }[] {
  const step = Number.isInteger(value) ? 1 : Math.max(Math.abs(value) * 0.1, 0.5);
  return [
    { name: `${name}_below`, value: tidy(value - step) },
    { name: `${name}_at`, value },
    { name: `${name}_above`, value: tidy(value + step) },
  ];
}

/** Without the last digits that adding doubles leaves: 7.15, not 7.1500000000000004. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function expectation(evaluate: () => { [field: string]: Json }): Expectations {
  try {
    return { emit: evaluate() };
  } catch (error) {
    if (error instanceof PolicyError) return { error: true };
    throw error;
  }
}

/** A policy that compiles nests its statements no deeper than its document may be, so that this may call itself. */
function readsOf(file: PdlFile): PolicyReads {
  const reads = new PolicyReads(activeArm(file) ?? new Map());
  const walk = (statements: readonly Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "assignment") reads.look(statement.expression.text);
      else if (statement.kind === "choose") {
        for (const { expression, probability } of statement.options) {
          const sides = splitAssignment(expression);
          reads.look((sides?.expression ?? expression).text);
          if (probability !== undefined) reads.look(probability.text);
        }
      } else {
        reads.look(statement.condition.text, true);
        walk(statement.body);
        walk(statement.otherwise?.statements ?? []);
      }
    }
  };
  walk(file.evaluate);
  for (const { text } of scalarsOf(file.emit)) reads.look(text);
  return reads;
}
