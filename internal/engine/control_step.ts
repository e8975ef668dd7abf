import { chooseCase, type FlowGraph, type KeyFrom, type TemplateState, type ValueObject } from "../flow/mod.ts";
import { isObject, type Value } from "../value/mod.ts";
import type { PreparedNode } from "./prepared_flow.ts";
import { type StepAnswer, stepFailure } from "./step_provider.ts";

/** What a control node does, which needs nobody and no time (flows §10, 3). */
export interface ControlStep {
  readonly args: ValueObject;
  readonly answer: StepAnswer;
  /** Of a switch: its case, and the number of the node that `cases` has for it. */
  readonly chosen?: string;
  readonly target?: number | undefined;
}

/** `at` is the number of the node. */
export function controlStep(prepared: PreparedNode, at: number, graph: FlowGraph, state: TemplateState): ControlStep {
  const { node, rule } = prepared;
  if (rule === undefined) {
    const resolved = node.type === "dsl.emit" ? (prepared.args(state) as ValueObject) : {};
    return { args: resolved, answer: { ok: true, result: resolved } };
  }
  const key = rule.key === undefined ? null : lookUp(rule.key, state);
  const chosen = chooseCase(rule, key, graph.leaving[at] ?? []);
  if (chosen === undefined) {
    const message = `${node.id}: no case is ${shownKey(key)}, and there is no default`;
    return { args: { key }, answer: stepFailure(message, { cause: "Switch" }, false) };
  }
  const target = graph.number(rule.cases.get(chosen) ?? "");
  return { args: { key }, answer: { ok: true, result: { case: chosen } }, chosen, target };
}

function lookUp({ step, path }: KeyFrom, { inputs, steps }: TemplateState): Value {
  let value: Value = inputs;
  if (step !== undefined) value = (Object.hasOwn(steps, step) ? steps[step] : undefined) ?? {};
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return null;
    value = value[key] ?? null;
  }
  return value;
}

function shownKey(key: Value): string {
  if (Array.isArray(key)) return "a list";
  if (isObject(key)) return "a mapping";
  return typeof key === "string" ? JSON.stringify(key) : String(key);
}
