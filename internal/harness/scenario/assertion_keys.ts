import { keysOf } from "../../yaml/mod.ts";
import {
  CompletionSchema,
  FinalStateSchema,
  ProvenanceSchema,
  TraceContainsSchema,
  TraceCountSchema,
  TraceNeverSchema,
  TraceOrderSchema,
} from "./assertion_schema.ts";
import type { AssertionType } from "./scenario_spec.ts";

/** The keys of every type of assertion, each `true` if it must be there (scenarios.md §8). */
export const ASSERTION_KEYS: Readonly<Record<AssertionType, Readonly<Record<string, boolean>>>> = {
  trace_contains: keysOf(TraceContainsSchema),
  trace_order: keysOf(TraceOrderSchema),
  trace_count: keysOf(TraceCountSchema),
  trace_never: keysOf(TraceNeverSchema),
  completion: keysOf(CompletionSchema),
  provenance: keysOf(ProvenanceSchema),
  final_state: keysOf(FinalStateSchema),
};

/** Of these `final_state` has exactly one. */
export const STATE_KEYS = ["expect", "rows", "absent"] as const;

export function isAssertionType(type: string): type is AssertionType {
  return Object.hasOwn(ASSERTION_KEYS, type);
}
