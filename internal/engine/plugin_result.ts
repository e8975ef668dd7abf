import { isStepFailure, RUN_CODE, type ValueObject } from "../flow/mod.ts";
import { checkJson, isObject, setKey, type Value, ValueError } from "../value/mod.ts";
import { resultAnswer } from "./result_answer.ts";
import { type StepAnswer, stepFailure } from "./step_provider.ts";

/** Deeper values are none (scenarios.md §1); it also ends the walk through one that contains itself. */
const MOST_DEPTH = 256;

/** The answer of a plugin that returned something: a copy, because it may change what it returned. */
export function pluginResult(returned: unknown): StepAnswer {
  if (returned === undefined) return { ok: true, result: {} };
  try {
    return resultAnswer(copied(returned, 0));
  } catch (error) {
    if (!(error instanceof ValueError)) return pluginFailure(error);
    return stepFailure(`the result of a step is JSON: ${error.message}`, { cause: "Result" }, false);
  }
}

/** The answer of a plugin that threw (flows §11). */
export function pluginFailure(thrown: unknown): StepAnswer {
  const given = typeof thrown === "object" && thrown !== null ? thrown : {};
  const code =
    "code" in given && typeof given.code === "number" && Number.isInteger(given.code)
      ? given.code
      : RUN_CODE.stepFailed;
  const message = "message" in given && typeof given.message === "string" ? given.message : shown(thrown);
  return {
    ok: false,
    failure: {
      code: isStepFailure(code) ? code : RUN_CODE.stepFailed,
      message,
      retriable: !("retriable" in given) || given.retriable !== false,
      details: "details" in given ? detailsOf(given.details) : {},
    },
  };
}

function detailsOf(details: unknown): ValueObject {
  try {
    const copy = copied(details, 0);
    return isObject(copy) ? copy : {};
  } catch {
    return {}; // no JSON: the message has to do
  }
}

/** Members that are undefined are left out, as in all JSON that JavaScript writes. Throws ValueError. */
function copied(value: unknown, depth: number): Value {
  if (typeof value === "bigint") return value;
  if (typeof value !== "object" || value === null) return checkJson(value);
  if (depth === MOST_DEPTH) throw new ValueError("E_VALUE_DEPTH", `more than ${MOST_DEPTH} nested arrays and objects`);
  if (Array.isArray(value)) return value.map((item) => copied(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  // What is no plain object is refused by name: a Date, a Map.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return checkJson(value);
  const copy: ValueObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) setKey(copy, key, copied(member, depth + 1));
  }
  return copy;
}

function shown(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  try {
    return `the plugin threw ${JSON.stringify(thrown) ?? String(thrown)}`;
  } catch {
    return "the plugin threw something that cannot be shown";
  }
}
