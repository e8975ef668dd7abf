import { isObject, type Json } from "../../value/mod.ts";
import { DEFAULT_CASE } from "../compile/mod.ts";
import type { Condition, Step, WhenStep } from "../syntax/mod.ts";

/**
 * Which case each condition chooses that is sure to be asked and looks at inputs only: those of bodies that are not entered,
 * or depend on what a step answers, are left out.
 *
 * @param idOf the id of the switch that a condition becomes
 */
export function flowRoute(
  steps: readonly Step[],
  inputs: { readonly [name: string]: Json },
  idOf: (when: WhenStep) => string | undefined,
): { readonly [id: string]: string } {
  const route: { [id: string]: string } = {};
  const waiting = [steps];
  for (let list = waiting.pop(); list !== undefined; list = waiting.pop()) {
    for (const step of list) {
      if (step.kind !== "when" || step.condition.kind === "fault" || step.condition.reference.root !== "input")
        continue;
      const id = idOf(step);
      const chosen = chosenCase(step.condition, inputs);
      if (id !== undefined) route[id] = chosen ?? DEFAULT_CASE;
      if (chosen !== undefined) waiting.push(step.steps);
    }
  }
  return route;
}

/** The literal that a condition's reference equals: a text exactly, a number or boolean by its JSON text (flows §10). */
function chosenCase({ reference, literals }: Condition, inputs: { readonly [name: string]: Json }): string | undefined {
  let value: Json | undefined = { ...inputs };
  for (const key of reference.path.split(".")) {
    value = value !== undefined && isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  if (value === undefined || typeof value === "object") return undefined;
  const text = String(value);
  return literals.some((literal) => literal.value === text) ? text : undefined;
}
