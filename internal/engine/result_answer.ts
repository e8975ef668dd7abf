import type { ValueObject } from "../flow/mod.ts";
import { isObject, type Value } from "../value/mod.ts";
import { type StepAnswer, stepFailure } from "./step_provider.ts";

/** The answer of a step that returned a value: a result is a mapping, anything else fails the step (flows §11). */
export function resultAnswer(value: Value): StepAnswer {
  if (isObject(value)) return { ok: true, result: value as ValueObject };
  const found = Array.isArray(value)
    ? "a list"
    : value === null
      ? "null"
      : `the ${typeof value} ${JSON.stringify(value)}`;
  return stepFailure(`the result of a step is a mapping, found ${found}`, { cause: "Result" }, false);
}
