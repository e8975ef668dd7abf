import { PolicyFault } from "./operations/policy_fault.ts";
import type { Evaluate } from "./run.ts";

/** What fails when it is reached, and only then: a branch that is not taken may say anything. */
export function failing(reason: string): Evaluate {
  return () => {
    throw new PolicyFault(reason);
  };
}
