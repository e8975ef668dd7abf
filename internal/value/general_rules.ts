import { DUPLICATE_FAULT, numberFault } from "./fault.ts";
import type { ScalarRules } from "./json_reader.ts";

/** Scalars of the general profile: IEEE doubles, text as it is (scenarios.md §1). */
export const GENERAL_RULES: ScalarRules<null> = {
  null: null,
  number(literal) {
    const value = Number(literal);
    // Adding 0 turns -0 into 0.
    return Number.isFinite(value) ? value + 0 : numberFault(literal);
  },
  normalise: (text) => text,
  duplicate: DUPLICATE_FAULT,
};
