import type { Step } from "../concept/mod.ts";
import type { LoggedCompletion } from "../store/mod.ts";
import { equal, type Strict } from "../value/mod.ts";
import type { CompiledPattern, CompiledTerm } from "./compiled_sync.ts";

/** The values of a sync's variables by number; undefined: not bound yet. */
export type Bindings = readonly (Strict | undefined)[];

/**
 * Holds a finished invocation against a pattern (scenarios.md §4, when). Returns the bindings with what the pattern binds, or
 * undefined if it does not match: another case, a path that is absent, a value that disagrees.
 */
export function matchPattern(
  pattern: CompiledPattern,
  event: LoggedCompletion,
  bindings: Bindings,
): Bindings | undefined {
  if (pattern.case !== undefined && pattern.case !== event.output_case) return undefined;
  let bound: (Strict | undefined)[] | undefined;
  for (const term of pattern.terms) {
    const { is } = term;
    const value = termValue(term, event);
    if (value === undefined) return undefined;
    if ("literal" in is) {
      if (!equal(is.literal, value)) return undefined;
      continue;
    }
    const known = (bound ?? bindings)[is.variable];
    if (known === undefined) {
      bound ??= [...bindings];
      bound[is.variable] = value;
    } else if (!equal(known, value)) return undefined;
  }
  return bound ?? bindings;
}

/** What stands at the path of a term; undefined: there is nothing. */
export function termValue({ root, steps }: CompiledTerm, { invocation, result }: LoggedCompletion): Strict | undefined {
  return valueAt(root === "args" ? invocation.args : result, steps);
}

/** What stands in a value; undefined: there is nothing. */
export function valueAt(value: Strict, steps: readonly Step[]): Strict | undefined {
  let at: Strict | undefined = value;
  for (const step of steps) {
    if (typeof at !== "object") return undefined;
    if (Array.isArray(at)) at = typeof step === "number" ? at[step] : undefined;
    else at = typeof step === "string" && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}
