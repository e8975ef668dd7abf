import type { Json } from "../value/mod.ts";
import { evaluatePolicy } from "./evaluate_policy.ts";
import type { PolicyStatement } from "./policy_document.ts";

/** The members of a policy document that a test is about. */
export interface SamplePolicy {
  readonly arms?: { [arm: string]: Json };
  readonly epsilon?: Json;
  readonly evaluate?: readonly PolicyStatement[];
  readonly emit?: { [field: string]: Json };
}

/** A policy document named `p`. */
export function policyDocument({ arms = {}, epsilon = null, evaluate = [], emit = {} }: SamplePolicy): Json {
  const params = { arms, epsilon, evaluate: evaluate as unknown as Json, emit };
  return { policy: { id: "p", strategy: "pdl/v0", params, metadata: { dsl: { version: "pdl/v0", source: "p.pdl" } } } };
}

/** `target = expression` at a line. */
export function assignment(target: string, expression: Json, line = 1): PolicyStatement {
  return { type: "assignment", target, expression, line, column: 3, filename: "p.pdl" };
}

/** `if condition:` at 3:3. */
export function branch(condition: Json, yes: PolicyStatement[], no: PolicyStatement[] | null = null): PolicyStatement {
  // biome-ignore lint/suspicious/noThenProperty: the document format calls it so
  return { type: "if", condition, then: yes, else: no, line: 3, column: 3 };
}

/** What an expression gives, with every draw 0.5. */
export function evaluated(expression: string, values: object = {}, variables: { [name: string]: string } = {}): Json {
  const evaluate = Object.entries(variables).map(([name, text]) => assignment(name, text));
  const document = policyDocument({ arms: { default: { t: "75.0" } }, evaluate, emit: { r: expression } });
  return evaluatePolicy(document, { values, draws: [0.5] }).emit.r ?? null;
}
