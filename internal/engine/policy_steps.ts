import type { FlowIr, FlowNode, JsonObject } from "../flow/mod.ts";
import { type CompiledPolicy, compilePolicy, PolicyError } from "../policy/mod.ts";
import { isObject, nearestDoubles, type Value } from "../value/mod.ts";
import { type Performer, type StepCall, type StepProvider, stepFailure } from "./step_provider.ts";

/** The kind that evaluates a policy. Other `policy.*` kinds are not built in (flows §11). */
export const POLICY_APPLY = "policy.apply";

/** Performs `policy.apply`: evaluates the node's policy with the run's draws. */
export const POLICY_STEPS: StepProvider = {
  open({ ir, draw }) {
    return (node) => {
      if (node.type !== POLICY_APPLY) return undefined;
      const document = policyDocument(ir, node);
      return document === undefined ? undefined : applying(policyOf(ir, node, document), draw);
    };
  },
};

/** The policy of a node: of `node.policy`, else of `constants.policyRef`; undefined: the IR does not have it. */
export function policyDocument({ constants }: FlowIr, { policy: named }: FlowNode): JsonObject | undefined {
  const { policyRef, policy } = constants;
  if (named === undefined || named === policyRef) {
    return isObject((policy.policy ?? null) as Value) ? (policy as JsonObject) : undefined;
  }
  const { policies } = policy;
  const further = policies !== undefined && Object.hasOwn(policies, named) ? policies[named] : undefined;
  return isObject(further ?? null) ? { policy: further ?? null } : undefined;
}

type Ready = CompiledPolicy | PolicyError;

const READY = new WeakMap<FlowIr, Map<string, Ready>>();

/** Compiled once an IR; a document that is no policy fails the steps that need it. */
function policyOf(ir: FlowIr, node: FlowNode, document: JsonObject): Ready {
  const id = node.policy ?? ir.constants.policyRef;
  const known = READY.get(ir) ?? new Map<string, Ready>();
  READY.set(ir, known);
  let ready = known.get(id);
  if (ready === undefined) {
    ready = compiled(document);
    known.set(id, ready);
  }
  return ready;
}

function compiled(document: JsonObject): Ready {
  try {
    return compilePolicy(document);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
}

function applying(policy: Ready, draws: () => number): Performer {
  return (call) => {
    if (policy instanceof PolicyError) return failed(policy);
    const { values = null, epsilon = null } = call.args;
    const given = values === null ? {} : nearestDoubles(values);
    if (!isObject(given)) return wrongArgument(call, "values", "a mapping or null");
    if (epsilon !== null && typeof epsilon !== "number") return wrongArgument(call, "epsilon", "a number");
    try {
      const { emit } = policy.evaluate({ values: given, epsilon: epsilon ?? undefined, draws });
      return { ok: true, result: Object.hasOwn(emit, "policy_id") ? emit : { ...emit, policy_id: policy.id } };
    } catch (error) {
      if (error instanceof PolicyError) return failed(error);
      throw error;
    }
  };
}

function failed(error: PolicyError) {
  return stepFailure(error.message, { ...error.details }, false);
}

function wrongArgument({ stepId }: StepCall, name: string, expected: string) {
  return stepFailure(`${stepId}: ${name} must be ${expected}`, { cause: "Argument", argument: name }, false);
}
