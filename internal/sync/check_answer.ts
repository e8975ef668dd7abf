import { type Action, misfits } from "../concept/mod.ts";
import { didYouMean } from "../diag/mod.ts";
import type { StrictObject } from "../store/mod.ts";
import { canonicalStrict, isObject, toStrict, ValueError } from "../value/mod.ts";
import type { CompiledAction } from "./compiled_action.ts";
import { FlowFailure } from "./flow_failure.ts";
import { kindOf } from "./kind_of.ts";
import { declaredAs } from "./sql_values.ts";

/** What answers an invocation, before it is a completion. */
export interface Answer {
  readonly case: string;
  readonly result: StrictObject;
  /** The result as strict canonical JSON, where that is at hand. */
  readonly text?: string;
}

/**
 * What a handler returned, as an answer in the strict profile.
 * @throws FlowFailure E_RESULT_CASE if it is none, E_VALUE_*
 */
export function readAnswer({ action }: CompiledAction, value: unknown): Answer {
  const refuse = (found: string): never => {
    const message = `the handler of ${action.uri} must return {case, result?}, found ${found}`;
    throw new FlowFailure("E_RESULT_CASE", message, action);
  };
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(kindOf(value));
  const other = Object.keys(value).find((key) => key !== "case" && key !== "result");
  if (other !== undefined) return refuse(`the key ${JSON.stringify(other)}`);
  const { case: name, result = {} } = value as { case?: unknown; result?: unknown };
  if (typeof name !== "string") return refuse("no case");
  try {
    const strict = toStrict(result);
    if (!isObject(strict)) return refuse("a result that is no object");
    return { case: name, result: strict as StrictObject };
  } catch (error) {
    throw notStrict(error, action, name);
  }
}

/**
 * An answer with its result as text, so that nothing can fail any more when it is written.
 * @throws FlowFailure E_VALUE_*
 */
export function withText({ action }: CompiledAction, { case: name, result }: Answer): Answer {
  try {
    return { case: name, result, text: canonicalStrict(result) };
  } catch (error) {
    throw notStrict(error, action, name);
  }
}

function notStrict(error: unknown, action: Action, name: string): unknown {
  if (!(error instanceof ValueError)) return error;
  return new FlowFailure(error.code, `${error.message} (the result of ${action.uri} ${name})`, action);
}

/**
 * Holds an answer against the action's declaration (scenarios.md §3, Completing).
 *
 * @param isPartial an assumed result may leave fields out
 * @throws FlowFailure E_RESULT_CASE, E_RESULT_FIELD, E_RESULT_TYPE
 */
export function checkAnswer(
  { action, byCase }: CompiledAction,
  { case: name, result }: Answer,
  isPartial: boolean,
): void {
  const compiled = byCase.get(name);
  if (compiled === undefined) {
    const cases = [...byCase.keys()];
    const help = didYouMean(name, cases);
    const hint = help === undefined ? "" : `; did you mean ${help}?`;
    const message = `${action.uri} has no case ${JSON.stringify(name)}; it has ${cases.join(", ")}${hint}`;
    throw new FlowFailure("E_RESULT_CASE", message, action);
  }
  const { fields, output } = compiled;
  for (const key of Object.keys(result)) {
    if (fields.has(key)) continue;
    const message = `${action.uri} ${name}: the result has ${JSON.stringify(key)}, which is no declared field`;
    throw new FlowFailure("E_RESULT_FIELD", message, output);
  }
  for (const { name: field, type } of fields.values()) {
    const value = Object.hasOwn(result, field) ? result[field] : undefined;
    if (value === undefined) {
      if (isPartial) continue;
      throw new FlowFailure("E_RESULT_FIELD", `${action.uri} ${name}: the result has no field ${field}`, output);
    }
    if (!misfits(type, value)) continue;
    const message = `${action.uri} ${name}: the field ${field} ${declaredAs(type, canonicalStrict(value))}`;
    throw new FlowFailure("E_RESULT_TYPE", message, output);
  }
}
