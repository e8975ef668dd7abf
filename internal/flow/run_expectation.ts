import * as v from "valibot";
import { diff, isObject, type Json, nearestDoubles, subset, type Value } from "../value/mod.ts";
import { Opaque } from "./ir_types.ts";
import type { RunResult } from "./run_result.ts";

/** What a run should come to: of `verify online --expect`, and of a scenario's `run` step (flows §15; scenarios.md §8). */
export const RunExpectationSchema = v.strictObject({
  status: v.exactOptional(v.picklist(["completed", "failed", "cancelled"], "completed, failed or cancelled")),
  /** A subset of the outputs, unless `exact`. */
  outputs: v.exactOptional(Opaque),
  /** The code or the name of the error. */
  error: v.exactOptional(v.union([v.pipe(v.number(), v.safeInteger()), v.string()], "a code or a name")),
  exact: v.exactOptional(v.boolean("true or false")),
});
export type RunExpectation = v.InferOutput<typeof RunExpectationSchema>;

/** A place where a run is not as expected; what one side does not have is undefined. */
export interface Unexpected {
  readonly path: string;
  readonly expected: Json | undefined;
  readonly actual: Json | undefined;
}

/** Everything in which a run differs from what was expected; empty if nothing does. */
export function unexpectedIn(expectation: RunExpectation, result: RunResult): readonly Unexpected[] {
  const { status, outputs, error, exact = false } = expectation;
  const found: Unexpected[] = [];
  if (status !== undefined && status !== result.status)
    found.push({ path: "status", expected: status, actual: result.status });
  if (error !== undefined && error !== result.error?.code && error !== result.error?.name)
    found.push({ path: "error", expected: error, actual: errorShown(result, error) });
  if (outputs !== undefined) found.push(...differences(outputs, nearestDoubles(result.outputs), exact));
  return found;
}

function errorShown({ error }: RunResult, expected: number | string): Json | undefined {
  return typeof expected === "number" ? error?.code : error?.name;
}

function differences(expected: Json, actual: Json, exact: boolean): readonly Unexpected[] {
  if (!exact && subset(expected, actual)) return [];
  return diff(expected, exact ? actual : within(expected, actual)).map((difference) => ({
    path: `outputs${difference.path.slice(1)}`,
    expected: "expected" in difference ? difference.expected : undefined,
    actual: "actual" in difference ? difference.actual : undefined,
  }));
}

/** The actual value without the members that nothing is expected of. */
function within(expected: Value | undefined, actual: Json): Json {
  if (isObject(expected ?? null) && isObject(actual)) {
    const wanted = expected as { [key: string]: Value };
    const known = Object.entries(actual).filter(([key]) => Object.hasOwn(wanted, key));
    return Object.fromEntries(known.map(([key, member]) => [key, within(wanted[key], member)]));
  }
  if (!Array.isArray(expected) || !Array.isArray(actual)) return actual;
  return actual.map((item, index) => within(expected[index], item));
}
