import { didYouMean } from "../../diag/mod.ts";
import { readEntries, readFields, readItems, type YamlNode } from "../../yaml/mod.ts";
import { ASSERTION_KEYS, isAssertionType } from "./assertion_keys.ts";
import { checkFields } from "./check_fields.ts";
import { isKnown, placeOf, type ReadContext, readName } from "./read_context.ts";
import { readFinalState } from "./read_final_state.ts";
import { readLateMap } from "./read_map.ts";
import {
  type AssertionFields,
  readAction,
  readCompletion,
  readContains,
  readCount,
  readNever,
} from "./read_matching.ts";
import type { Assertion, AssertionType, At, LateAssertion } from "./scenario_spec.ts";

/**
 * An entry of `assertions` with exactly the keys of its type (scenarios.md §8): E_ASSERTION_TYPE, E_KEY_…, load checks. One in which
 * more than values hangs on what steps capture is read again when they are known.
 */
export function readAssertion(written: YamlNode, context: ReadContext): Assertion | LateAssertion | undefined {
  const node = context.variables.put(written, context.findings);
  const unknowns = { isMet: false };
  const assertion = readFilledAssertion(node, { ...context, unknowns });
  return unknowns.isMet ? { type: writtenType(node), late: node, ...placeOf(node, context) } : assertion;
}

/** An entry whose variables have been put in. */
export function readFilledAssertion(node: YamlNode, context: ReadContext): Assertion | undefined {
  const { findings } = context;
  const type = readType(node, context);
  const fields = type && readFields<string>(node, `an assertion ${type}`, ASSERTION_KEYS[type], findings);
  return fields && readAs(type, fields, placeOf(node, context), context);
}

const TYPES = Object.keys(ASSERTION_KEYS);

function writtenType(node: YamlNode): string {
  const type = node.kind === "map" ? node.entries.find(({ key }) => key === "type")?.value : undefined;
  return type?.kind === "scalar" ? String(type.value) : "";
}

function readType(node: YamlNode, context: ReadContext): AssertionType | undefined {
  const { findings } = context;
  const entries = readEntries(node, "an assertion", findings);
  const typeNode = entries?.find(({ key }) => key === "type")?.value;
  if (entries !== undefined && typeNode === undefined) {
    findings.add("E_KEY_MISSING", `an assertion must have the key type: ${TYPES.join(", ")}`, node);
  }
  const type = typeNode && readName(typeNode, "type", context);
  if (type === undefined) return undefined;
  if (isAssertionType(type.value)) return type.value;
  const message = `there is no assertion ${JSON.stringify(type.value)}; there are ${TYPES.join(", ")}`;
  findings.add("E_ASSERTION_TYPE", message, type, { help: didYouMean(type.value, TYPES) });
  return undefined;
}

function readAs(type: AssertionType, fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  switch (type) {
    case "trace_contains":
      return readContains(fields, at, context);
    case "trace_order":
      return readOrder(fields, at, context);
    case "trace_count":
      return readCount(fields, at, context);
    case "trace_never":
      return readNever(fields, at, context);
    case "completion":
      return readCompletion(fields, at, context);
    case "provenance":
      return readProvenance(fields, at, context);
    case "final_state":
      return readFinalState(fields, at, context);
  }
}

function readOrder(fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  const { findings } = context;
  const node = fields.get("actions");
  if (node === undefined || !isKnown(node, context)) return undefined;
  const items = readItems(node, "actions", findings);
  if (items?.length === 0) findings.add("E_KEY_TYPE", "actions must name at least one action", node);
  const actions = (items ?? []).flatMap((item) => readAction(item, "an action", context)?.uri.value ?? []);
  return { type: "trace_order", actions, ...at };
}

function readProvenance(fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  const { findings, names } = context;
  const from = readAction(fields.get("from"), "from", context);
  const viaNode = fields.get("via");
  const via = viaNode && readName(viaNode, "via", context);
  const variables = via && names.sync(via, findings);
  const to = readAction(fields.get("to"), "to", context);
  const bindings = readLateMap(fields.get("bindings"), "bindings", context, (map) =>
    checkFields(map, variables, `the sync ${via?.value}`, findings, "variable"),
  );
  if (from === undefined || via === undefined || to === undefined) return undefined;
  return { type: "provenance", from: from.uri.value, via: via.value, to: to.uri.value, bindings, ...at };
}
