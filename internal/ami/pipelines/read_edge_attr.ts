import { didYouMean } from "../../diag/mod.ts";
import { type Arg, type Attr, EDGE_CODES, type Findings, integerIn, policyIn, valueSpan } from "../syntax/mod.ts";
import type { EdgeChoice } from "./edge_settings.ts";
import { writtenType } from "./written.ts";

/** What the names of an edge's parameters stand for. */
const PARAMETERS: ReadonlyMap<string, "min" | "max" | "policy" | "type"> = new Map([
  ["min", "min"],
  ["minCapacity", "min"],
  ["max", "max"],
  ["maxCapacity", "max"],
  ["backpressure", "policy"],
  ["type", "type"],
] as const);

const UNSUPPORTED: ReadonlySet<string> = new Set(["MultiPath", "Pipeline"]);

type Draft = { -readonly [K in keyof EdgeChoice]: EdgeChoice[K] };

/** Reads `edge.FIFO(min=, max=, backpressure=, type=)` or `edge.LIFO(…)` (pipelines §3); undefined if it is neither. */
export function readEdgeAttr(attr: Attr, text: string, findings: Findings): EdgeChoice | undefined {
  const { name, args, value } = attr;
  const queue = name.text;
  if (UNSUPPORTED.has(queue)) {
    findings.add("E_ATTR_UNSUPPORTED", `edge.${queue} is not supported; connect the steps with ->`, attr);
    return undefined;
  }
  if ((queue !== "FIFO" && queue !== "LIFO") || value !== undefined) {
    const help = value === undefined ? didYouMean(queue, ["FIFO", "LIFO"]) : undefined;
    const message =
      value === undefined ? `unknown attribute edge.${queue}` : `edge.${queue} takes its parameters in ()`;
    findings.add("E_ATTR_UNKNOWN", message, attr, help === undefined ? undefined : `edge.${help}`);
    return undefined;
  }
  const draft: Draft = { queue };
  for (const arg of args ?? []) readParameter(arg, text, draft, findings);
  const { min, max } = draft;
  if (min !== undefined && max !== undefined && min > max) {
    findings.add("E_EDGE_CAPACITY_ORDER", `min is ${min}, which is more than max, ${max}`, attr);
  }
  return draft;
}

function readParameter(arg: Arg, text: string, draft: Draft, findings: Findings): void {
  const at = valueSpan(arg);
  const unknown = (message: string, help?: string): void => findings.add("E_EDGE_PARAM_UNKNOWN", message, at, help);
  if (arg.name === undefined) {
    unknown("an edge takes parameters by name: min=, max=, backpressure=, type=");
    return;
  }
  const { text: name } = arg.name;
  const parameter = PARAMETERS.get(name);
  if (parameter === undefined) unknown(`an edge has no parameter ${name}`, didYouMean(name, PARAMETERS.keys()));
  else if (Object.hasOwn(draft, parameter)) unknown(`${name} is given twice`);
  else if (parameter === "policy") {
    const policy = policyIn(arg.value, at, EDGE_CODES, findings);
    if (policy !== undefined) draft.policy = policy;
  } else if (parameter === "type") draft.type = writtenType(text, at);
  else {
    const capacity = capacityIn(arg, name, parameter === "min" ? 0 : 1, findings);
    if (capacity !== undefined) draft[parameter] = capacity;
  }
}

function capacityIn(arg: Arg, name: string, least: number, findings: Findings): number | undefined {
  const capacity = integerIn(arg.value);
  if (capacity !== undefined && capacity >= least) return capacity;
  findings.add("E_EDGE_CAPACITY_INVALID", `${name} is a whole number from ${least}`, valueSpan(arg));
  return undefined;
}
