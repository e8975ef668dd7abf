import { didYouMean } from "../../diag/mod.ts";
import { wordIn } from "./arg_values.ts";
import type { ArgValue, Span } from "./ast.ts";
import { EDGE_POLICIES } from "./file_pragmas.ts";
import type { Findings } from "./findings.ts";
import type { EdgePolicy } from "./merge_plan.ts";

/** The codes that a place has for a wrong policy and for the old name of one. */
export interface PolicyCodes {
  readonly unknown: string;
  readonly alias: string;
}

/** Of edges (pipelines §3). */
export const EDGE_CODES: PolicyCodes = { unknown: "E_EDGE_BACKPRESSURE", alias: "W_EDGE_BP_LEGACY_DROP" };

/** Of `merge.Buffer` (pipelines §9). */
export const BUFFER_CODES: PolicyCodes = { unknown: "E_MERGE_BUFFER_POLICY", alias: "W_MERGE_BUFFER_DROP_ALIAS" };

/** The policy that an argument names. */
export function policyIn(value: ArgValue, at: Span, codes: PolicyCodes, findings: Findings): EdgePolicy | undefined {
  const word = wordIn(value);
  if (word !== undefined) return policyOf(word, at, codes, findings);
  findings.add(codes.unknown, `expected a policy: ${EDGE_POLICIES.join(", ")}`, at);
  return undefined;
}

/** The policy that a word names, spelled exactly so; `drop` is an old name of dropNewest. */
export function policyOf(word: string, at: Span, codes: PolicyCodes, findings: Findings): EdgePolicy | undefined {
  if (word === "drop") {
    findings.add(codes.alias, "drop is an old name of dropNewest", at, "dropNewest");
    return "dropNewest";
  }
  const policy = EDGE_POLICIES.find((known) => known === word);
  if (policy === undefined) {
    const message = `unknown policy ${word}; known are ${EDGE_POLICIES.join(", ")}`;
    findings.add(codes.unknown, message, at, didYouMean(word, EDGE_POLICIES));
  }
  return policy;
}
