import type { Strict } from "../../value/mod.ts";

/**
 * A value of a step or an assertion in which variables that a step captures are still to be put in (scenarios.md §7,
 * Variables). All others have been; plain data.
 */
export type LateValue =
  | { readonly kind: "value"; readonly value: Strict }
  /** `${x}` as a whole string: the value of x with its type. */
  | { readonly kind: "variable"; readonly name: string }
  /** `${x}` inside a string: texts and names of variables. */
  | { readonly kind: "text"; readonly parts: readonly (string | { readonly variable: string })[] }
  | { readonly kind: "array"; readonly items: readonly LateValue[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [key: string, value: LateValue])[] };

/** Late values by name, in written order. */
export type LateFields = readonly (readonly [name: string, value: LateValue])[];
