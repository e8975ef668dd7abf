import * as v from "valibot";
import { checkJson, isObject, type Json, ValueError } from "../value/mod.ts";
import { activeArm } from "./active_arm.ts";
import { assignedNames, compileStatements } from "./compile_statement.ts";
import { compileValue } from "./compile_value.ts";
import { decimalOf } from "./operations/numbers.ts";
import { PolicyFault } from "./operations/policy_fault.ts";
import { type PolicyDocument, PolicyDocumentSchema } from "./policy_document.ts";
import { PolicyError } from "./policy_error.ts";
import { Run } from "./run.ts";

/** What a policy is evaluated with (flows §4). */
export interface PolicyInputs {
  readonly values: { [key: string]: Json };
  /** Instead of the policy's own. */
  readonly epsilon?: number | undefined;
  /** The next draw in [0, 1), of the world's seeded generator. */
  readonly draws: () => number;
}

export interface PolicyOutcome {
  readonly emit: { [key: string]: Json };
  readonly drawsUsed: number;
}

/** A policy made ready: evaluations share nothing. */
export interface CompiledPolicy {
  readonly id: string;
  /**
   * @throws PolicyError when the policy cannot be evaluated
   */
  evaluate(inputs: PolicyInputs): PolicyOutcome;
}

/**
 * Makes a policy document (flows §3) ready to be evaluated any number of times.
 *
 * @throws PolicyError for a document that is none
 */
export function compilePolicy(document: Json): CompiledPolicy {
  const { policy } = readDocument(document);
  const { id, params } = policy;
  const source = policy.metadata?.dsl?.source ?? `${id}.pdl`;
  const slots = assignedNames(params.evaluate);
  const scope = { slots, arms: activeArm(params.arms) };
  const start = { policy: id, file: source, line: 0, column: 0, expression: "" };
  const execute = compileStatements(params.evaluate, { scope, policy: id, source });
  const emit = compileValue(params.emit, scope, { policy: id, file: source, line: 0, column: 0, field: "" });
  const epsilon = epsilonOf(params.epsilon);
  return {
    id,
    evaluate(inputs) {
      const { values, draws } = inputs;
      const run = new Run(slots.size, { values, draws, epsilon: inputs.epsilon ?? epsilon }, start);
      try {
        execute(run);
        const emitted = run.made(emit(run));
        return { emit: isObject(emitted) ? emitted : {}, drawsUsed: run.drawsUsed };
      } catch (error) {
        if (error instanceof PolicyFault) throw new PolicyError(error.message, run.place);
        throw error;
      }
    },
  };
}

/** The policy's own epsilon: its text as a decimal number, else 0. */
function epsilonOf(written: PolicyDocument["policy"]["params"]["epsilon"]): number {
  if (typeof written === "string") return decimalOf(written) ?? 0;
  return typeof written === "number" ? written : 0;
}

function readDocument(document: Json): PolicyDocument {
  const place = { policy: "?", file: "policy document", line: 0, column: 0, expression: "" };
  try {
    const { success, output, issues } = v.safeParse(PolicyDocumentSchema, checkJson(document));
    if (success) return output;
    const [{ message }] = issues;
    throw new PolicyError(`${v.getDotPath(issues[0]) ?? "document"}: ${message}`, place);
  } catch (error) {
    if (error instanceof ValueError) throw new PolicyError(error.message, place);
    throw error;
  }
}
