import { isObject, type Value } from "../value/mod.ts";
import type { GraphEdge } from "./flow_graph.ts";
import type { FlowNode } from "./flow_ir.ts";
import type { JsonObject } from "./ir_types.ts";

/** A switch as its `with` says (flows §9); what is no such thing is left out, E_IR_SWITCH has told. */
export interface SwitchRule {
  readonly key: KeyFrom | undefined;
  /** Literal -> id of a node. */
  readonly cases: ReadonlyMap<string, string>;
  readonly default: string | undefined;
}

/** Where a switch looks: a path into the inputs, or into the result of a step. */
export interface KeyFrom {
  readonly step: string | undefined;
  readonly path: readonly string[];
}

/** `$.inputs.PATH` or `$.vars.STEP.PATH`; also the whole result, `$.vars.STEP`, though no case matches a mapping. */
const KEY_FROM = /^\$\.(?:inputs\.(?<input>.+)|vars\.(?<step>[^.]+)(?:\.(?<path>.+))?)$/s;

export function parseKeyFrom(text: unknown): KeyFrom | undefined {
  const groups = typeof text === "string" ? KEY_FROM.exec(text)?.groups : undefined;
  if (groups === undefined) return undefined;
  const path = groups.input ?? groups.path;
  return { step: groups.step, path: path === undefined ? [] : path.split(".") };
}

export function switchRule(node: FlowNode): SwitchRule {
  const { key_from, cases, default: fallback } = node.with;
  const entries = Object.entries(isObject(cases ?? null) ? (cases as JsonObject) : {});
  return {
    key: parseKeyFrom(key_from),
    cases: new Map(entries.flatMap(([literal, id]) => (typeof id === "string" ? [[literal, id]] : []))),
    default: typeof fallback === "string" ? fallback : undefined,
  };
}

/**
 * The case that a switch chooses (flows §10, 3): a text equals a case exactly, a number or boolean by its JSON text; else the
 * default, if `cases` has it or an edge leaves with it. Undefined: nothing matches, the switch fails.
 *
 * @param leaving the edges that leave the switch
 */
export function chooseCase(rule: SwitchRule, key: Value, leaving: readonly GraphEdge[]): string | undefined {
  const text = caseText(key);
  if (text !== undefined && rule.cases.has(text)) return text;
  const fallback = rule.default;
  if (fallback === undefined) return undefined;
  return rule.cases.has(fallback) || leaving.some((edge) => edge.case === fallback) ? fallback : undefined;
}

function caseText(key: Value): string | undefined {
  switch (typeof key) {
    case "string":
      return key;
    case "number":
    case "bigint":
    case "boolean":
      return String(key);
    default:
      return undefined;
  }
}
