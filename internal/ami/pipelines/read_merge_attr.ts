import { didYouMean } from "../../diag/mod.ts";
import { type Arg, type Attr, type Findings, valueSpan } from "../syntax/mod.ts";
import { isMergeName, MERGE_ATTRIBUTES, type MergeName, type MergeParameter } from "./merge_attributes.ts";
import { type MergeValue, readMergeArgument } from "./read_merge_argument.ts";

/** A merge attribute as it was read. */
export interface MergeSetting {
  readonly name: MergeName;
  /** By parameter, without those that are not given or do not fit. */
  readonly values: ReadonlyMap<string, MergeValue>;
  /** Every argument that it needs is there and fits. */
  readonly whole: boolean;
}

/** Reads `merge.Sort(k, desc)`; arguments by position or by name (pipelines §9). */
export function readMergeAttr(attr: Attr, findings: Findings): MergeSetting | undefined {
  const { name } = attr;
  if (!isMergeName(name.text)) {
    const help = didYouMean(name.text, Object.keys(MERGE_ATTRIBUTES));
    const message = `unknown attribute merge.${name.text}`;
    findings.add("E_MERGE_ATTR_UNKNOWN", message, attr, help === undefined ? undefined : `merge.${help}`);
    return undefined;
  }
  const parameters: readonly MergeParameter[] = MERGE_ATTRIBUTES[name.text];
  const before = findings.list.length;
  const given = bind(attr, parameters, findings);
  const values = new Map<string, MergeValue>();
  for (const [parameter, arg] of given) {
    const value = readMergeArgument(parameter.type, arg.value, valueSpan(arg), findings);
    if (value !== undefined) values.set(parameter.name, value);
  }
  const whole = findings.list.slice(before).every(({ code }) => code.startsWith("W_"));
  return { name: name.text, values, whole };
}

/** Which argument each parameter gets; E_MERGE_ATTR_ARGS for those that do not fit by number or name. */
function bind(attr: Attr, parameters: readonly MergeParameter[], findings: Findings): ReadonlyMap<MergeParameter, Arg> {
  const shown = `merge.${attr.name.text}(${parameters.map(shownParameter).join(", ")})`;
  const bound = new Map<MergeParameter, Arg>();
  if (attr.value !== undefined) {
    findings.add("E_MERGE_ATTR_ARGS", `expected ${shown}, found =`, attr);
    return bound;
  }
  for (const arg of attr.args ?? []) {
    const name = arg.name?.text;
    const parameter = parameters.find((known) => (name === undefined ? !bound.has(known) : known.name === name));
    const at = valueSpan(arg);
    if (parameter === undefined) {
      const help =
        name === undefined
          ? undefined
          : didYouMean(
              name,
              parameters.map((known) => known.name),
            );
      const what = name === undefined ? "one argument more" : `an argument ${name}`;
      findings.add("E_MERGE_ATTR_ARGS", `expected ${shown}, found ${what}`, at, help);
    } else if (bound.has(parameter)) findings.add("E_MERGE_ATTR_ARGS", `${parameter.name} is given twice`, at);
    else bound.set(parameter, arg);
  }
  for (const parameter of parameters) {
    if (parameter.required && !bound.has(parameter)) {
      findings.add("E_MERGE_ATTR_ARGS", `expected ${shown}, found no ${parameter.name}`, attr);
    }
  }
  return bound;
}

function shownParameter({ name, required }: MergeParameter): string {
  return required ? name : `[${name}]`;
}
