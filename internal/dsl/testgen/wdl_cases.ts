import { checkInputs } from "../../flow/mod.ts";
import { isObject, type Json, setKey } from "../../value/mod.ts";
import { draftFlow, inputsSchema } from "../compile/mod.ts";
import { allSteps, type Condition, type WdlFile } from "../syntax/mod.ts";
import { flowRoute } from "./flow_route.ts";
import { edgeOf, sampleValue } from "./sample_value.ts";
import { type Expectations, type GeneratedCase, withoutRepeats } from "./test_case.ts";

type Inputs = { readonly [name: string]: Json };

/** The cases of a flow that compiles (flows §8): of its conditions on inputs first, then of each input. */
export function wdlCases(file: WdlFile, most: number): readonly GeneratedCase[] {
  const base: { [name: string]: Json } = {};
  for (const { name, type } of file.inputs) setKey(base, name, sampleValue(type.text));
  const cases = [{ name: "base", inputs: base }, ...conditionCases(file, base), ...inputCases(base)];
  const expect = expectations(file);
  // What is expected takes longer to find out than the case itself.
  return withoutRepeats(cases)
    .slice(0, most)
    .map(({ name, inputs }) => ({ name, inputs, expectations: expect(inputs) }));
}

interface NamedInputs {
  readonly name: string;
  readonly inputs: Inputs;
}

function conditionCases({ steps }: WdlFile, base: Inputs): readonly NamedInputs[] {
  return allSteps(steps).flatMap((step) => {
    if (step.kind !== "when" || step.condition.kind === "fault" || step.condition.reference.root !== "input") return [];
    const { path } = step.condition.reference;
    return valuesOf(step.condition).map(({ name, value }) => ({
      name: `${path}_${name}`,
      inputs: withValueAt(base, path.split("."), value),
    }));
  });
}

/** Values that a condition holds for, and one that it does not. */
function valuesOf({ operator, literals }: Condition): readonly { readonly name: string; readonly value: string }[] {
  const values = literals.map(({ value }) => value);
  const [first = ""] = values;
  if (operator === "==")
    return [
      { name: "eq", value: first },
      { name: "neq", value: `${first}_alt` },
    ];
  const other = `${first}_other`;
  return [
    ...values.map((value) => ({ name: `is_${value.replace(/[^\p{L}\p{N}]/gu, "_")}`, value })),
    { name: "else", value: values.includes(other) ? `${first}_alt` : other },
  ];
}

/** A copy with a value at a path; what stands in the way becomes a mapping. */
function withValueAt(inputs: Inputs, path: readonly string[], value: Json): Inputs {
  const copy: { [name: string]: Json } = {};
  for (const [name, given] of Object.entries(inputs)) setKey(copy, name, given);
  let at = copy;
  for (const key of path.slice(0, -1)) {
    const inner = Object.hasOwn(at, key) ? at[key] : undefined;
    const next = inner !== undefined && isObject(inner) ? { ...inner } : {};
    setKey(at, key, next);
    at = next;
  }
  setKey(at, path.at(-1) ?? "", value);
  return copy;
}

function inputCases(base: Inputs): readonly NamedInputs[] {
  return Object.entries(base).flatMap(([name, sample]) => {
    const edge = edgeOf(sample);
    const none = { name: `${name}_none`, inputs: withValueAt(base, [name], null) };
    if (edge === undefined) return [none];
    return [none, { name: `${name}_${edge.name}`, inputs: withValueAt(base, [name], edge.value) }];
  });
}

function expectations(file: WdlFile): (inputs: Inputs) => Expectations {
  const schema = inputsSchema(file);
  const drafted = draftFlow(file);
  const nodes = "draft" in drafted ? drafted.draft.nodes : [];
  const ids = new Map(nodes.flatMap((node) => (node.kind === "switch" ? [[node.when, node.id] as const] : [])));
  return (inputs) => {
    const refused = checkInputs(schema, inputs).find(({ level }) => level === "error");
    if (refused !== undefined) return { error: refused.code };
    return { route: flowRoute(file.steps, inputs, (when) => ids.get(when)) };
  };
}
