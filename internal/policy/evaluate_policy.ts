import { checkJson, isObject, type Json, ValueError } from "../value/mod.ts";
import { seededRng } from "../world/mod.ts";
import { compilePolicy, type PolicyOutcome } from "./compile_policy.ts";
import { PolicyError } from "./policy_error.ts";

/** The seed of plumb's worlds (DESIGN, determinism). */
const DEFAULT_SEED = 42;

/** What `evaluatePolicy` takes (flows §19). */
export interface EvaluatePolicyOptions {
  readonly values: object;
  readonly epsilon?: number;
  /** A list, whose last number is repeated when it is used up, or a source of draws in [0, 1). Default: those of seed 42. */
  readonly draws?: readonly number[] | (() => number);
}

/**
 * Evaluates a policy document once (flows §4, §19).
 *
 * ```ts
 * evaluatePolicy(limits, { values: { air: 9 }, draws: [0.5] }); // { emit: { action: "COOL", … }, drawsUsed: 1 }
 * ```
 * @throws PolicyError when the policy cannot be evaluated
 */
export function evaluatePolicy(document: Json, options: EvaluatePolicyOptions): PolicyOutcome {
  const policy = compilePolicy(document);
  return policy.evaluate({
    values: readValues(options.values, policy.id),
    epsilon: options.epsilon,
    draws: drawsOf(options.draws ?? seededRng(DEFAULT_SEED)),
  });
}

function drawsOf(draws: readonly number[] | (() => number) | { next(): number }): () => number {
  if (typeof draws === "function") return draws;
  if ("next" in draws) return () => draws.next();
  let used = 0;
  return () => {
    const draw = draws[Math.min(used, draws.length - 1)];
    used += 1;
    // Of an empty list there is nothing to repeat; the evaluation says so.
    return draw ?? Number.NaN;
  };
}

function readValues(values: object, policy: string): { [key: string]: Json } {
  const place = { policy, file: "values", line: 0, column: 0, expression: "" };
  try {
    const checked = checkJson(values);
    if (isObject(checked)) return checked;
  } catch (error) {
    if (error instanceof ValueError) throw new PolicyError(error.message, place);
    throw error;
  }
  throw new PolicyError("a mapping is expected", place);
}
