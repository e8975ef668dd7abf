import type { AssertionType } from "./scenario_spec.ts";

/** The keys of every type of assertion, each `true` if it must be there (scenarios.md §8). */
export const ASSERTION_KEYS = {
  trace_contains: { type: true, action: true, args: false, case: false, result: false, cause: false },
  trace_order: { type: true, actions: true },
  trace_count: { type: true, action: true, count: true, args: false, case: false },
  trace_never: { type: true, action: true, args: false, case: false },
  completion: { type: true, action: true, case: true, result: false, args: false, exact: false },
  provenance: { type: true, from: true, via: true, to: true, bindings: false },
  final_state: { type: true, table: true, where: false, expect: false, rows: false, absent: false },
} as const satisfies Record<AssertionType, Readonly<Record<string, boolean>>>;

/** Of these `final_state` has exactly one. */
export const STATE_KEYS = ["expect", "rows", "absent"] as const;

export function isAssertionType(type: string): type is AssertionType {
  return Object.hasOwn(ASSERTION_KEYS, type);
}
