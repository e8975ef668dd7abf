import type { Action, Output } from "../../concept/mod.ts";
import { type Fields, readBool, readInt, type YamlNode } from "../../yaml/mod.ts";
import { checkArgs } from "./check_args.ts";
import { checkFields, fieldNames } from "./check_fields.ts";
import type { LateValue } from "./late_value.ts";
import { isKnown, type ReadContext, readName } from "./read_context.ts";
import { readLateMap } from "./read_map.ts";
import type { Assertion, At } from "./scenario_spec.ts";
import type { Text } from "./spec_names.ts";

// Assertions about invocations that match: trace_contains, trace_count, trace_never, completion (scenarios.md §8).

/** The keys of an assertion that are there. */
export type AssertionFields = Fields<string>;

export function readContains(fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  const matching = readMatching(fields, context);
  const result = readResult(fields, matching, context);
  const causeNode = fields.get("cause");
  const cause = causeNode && readName(causeNode, "cause", context);
  if (cause !== undefined) context.names.sync(cause, context.findings);
  return matching && { type: "trace_contains", ...said(matching), result, cause: cause?.value, ...at };
}

export function readCount(fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  const matching = readMatching(fields, context);
  const node = fields.get("count");
  const isInt = node !== undefined && isKnown(node, context);
  const count = isInt ? readInt(node, "count", 0, context.findings) : undefined;
  return matching && count !== undefined ? { type: "trace_count", ...said(matching), count, ...at } : undefined;
}

export function readNever(fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  const matching = readMatching(fields, context);
  return matching && { type: "trace_never", ...said(matching), ...at };
}

export function readCompletion(fields: AssertionFields, at: At, context: ReadContext): Assertion | undefined {
  const matching = readMatching(fields, context);
  const result = readResult(fields, matching, context);
  const node = fields.get("exact");
  const isBool = node !== undefined && isKnown(node, context);
  const exact = isBool && readBool(node, "exact", context.findings) === true;
  if (matching?.case === undefined) return undefined;
  return { type: "completion", ...said(matching), case: matching.case.value, result, exact, ...at };
}

/** An action that an assertion names. */
export function readAction(
  node: YamlNode | undefined,
  what: string,
  context: ReadContext,
): { readonly uri: Text; readonly action: Action | undefined } | undefined {
  const uri = node && readName(node, what, context);
  return uri && { uri, action: context.names.action(uri, context.findings) };
}

interface Matching {
  readonly uri: Text;
  readonly action: Action | undefined;
  readonly args: LateValue | undefined;
  readonly case: Text | undefined;
  readonly output: Output | undefined;
}

function readMatching(fields: AssertionFields, context: ReadContext): Matching | undefined {
  const { findings, names } = context;
  const named = readAction(fields.get("action"), "action", context);
  const args = readLateMap(fields.get("args"), "args", context, (map) => checkArgs(map, named?.action, findings));
  const node = fields.get("case");
  const name = node && readName(node, "case", context);
  const output = name && names.case(name, named?.action, findings);
  return named && { ...named, args, case: name, output };
}

function said({ uri, args, case: name }: Matching) {
  return { action: uri.value, args, case: name?.value };
}

/** Of any case, where none is given: then of one that has such a field. */
function readResult(
  fields: AssertionFields,
  matching: Matching | undefined,
  context: ReadContext,
): LateValue | undefined {
  return readLateMap(fields.get("result"), "result", context, (map) => {
    if (matching === undefined || (matching.case !== undefined && matching.output === undefined)) return;
    const { action, output, uri } = matching;
    const whose = output === undefined ? `every case of ${uri.value}` : `the case ${output.case} of ${uri.value}`;
    checkFields(map, fieldNames(action, output), whose, context.findings);
  });
}
