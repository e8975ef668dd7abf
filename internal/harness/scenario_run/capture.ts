import type { Finding } from "../../diag/mod.ts";
import { valueAt } from "../../sync/mod.ts";
import { type Strict, writeCanonical } from "../../value/mod.ts";
import type { Capture } from "../scenario/mod.ts";

/** Sets the variables that a step captures from its result; a path that is absent is E_SCN_CAPTURE (scenarios.md §7). */
export function capture(
  step: string,
  captures: readonly Capture[],
  result: { [field: string]: Strict },
  captured: Map<string, Strict>,
): Finding[] {
  return captures.flatMap((entry): Finding[] => {
    const { variable, path, file, pos } = entry;
    const value = valueAt(result, entry.steps);
    if (value !== undefined) {
      captured.set(variable, value);
      return [];
    }
    const message = `${step}: E_SCN_CAPTURE: ${path} is absent from the result ${writeCanonical(result)}`;
    return [{ code: "E_SCN_CAPTURE", message, file, pos }];
  });
}
