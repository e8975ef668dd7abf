import { type Output, typeName } from "../../concept/mod.ts";
import { isObject, type Strict } from "../../value/mod.ts";
import {
  keysOf,
  readEntries,
  readFields,
  readInt,
  readItems,
  strictValue,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
} from "../../yaml/mod.ts";
import { checkArgs, checkType } from "./check_args.ts";
import { checkFields } from "./check_fields.ts";
import { placeOf, type ReadContext, readName } from "./read_context.ts";
import { readMap } from "./read_map.ts";
import { StubSchema } from "./scenario_schema.ts";
import type { Stub } from "./scenario_spec.ts";
import type { Text } from "./spec_names.ts";

/** `stubs`: the entries of all actions in written order, each held against its action (scenarios.md §7). */
export function readStubs(written: YamlNode | undefined, context: ReadContext): readonly Stub[] {
  const { findings, variables } = context;
  const actions = written === undefined ? [] : (readEntries(variables.put(written, findings), "stubs", findings) ?? []);
  return actions.flatMap((entry) => {
    const items = readItems(entry.value, `the stubs of ${entry.key}`, findings) ?? [];
    const action = context.names.action(keyText(entry), findings);
    return items.flatMap((item) => readStub(item, entry.key, action, context) ?? []);
  });
}

/** A key as the text that it is. */
function keyText({ key, keyStart }: YamlEntry): Text {
  const end = keyStart + key.length;
  return { kind: "scalar", value: key, literal: key, style: "plain", start: keyStart, end, size: 1 };
}

function readStub(
  node: YamlNode,
  uri: string,
  action: Parameters<ReadContext["names"]["case"]>[1],
  context: ReadContext,
): Stub | undefined {
  const { findings, names } = context;
  const fields = readFields(node, `a stub of ${uri}`, keysOf(StubSchema), findings);
  const caseNode = fields?.get("case");
  if (fields === undefined || caseNode === undefined) return undefined;
  const argsNode = fields.get("args");
  const argsMap = argsNode && readMap(argsNode, "args", context);
  checkArgs(argsMap, action, findings);
  const args = argsMap && strictValue(argsMap, findings);
  const name = readName(caseNode, "case", context);
  const output = name && names.case(name, action, findings);
  const resultNode = fields.get("result");
  const resultMap = resultNode && readMap(resultNode, "result", context);
  if (output !== undefined) checkResult(resultMap, uri, output, resultMap ?? caseNode, context);
  const timesNode = fields.get("times");
  const times = timesNode && readInt(timesNode, "times", 0, findings);
  const result = (resultMap && strictValue(resultMap, findings)) ?? {};
  if (name === undefined || !isStrictObject(result)) return undefined;
  return { action: uri, args, case: name.value, result, times, ...placeOf(node, context) };
}

/** A stub is a completion: every declared field, no other, of the declared type (scenarios.md §3, Completing). */
function checkResult(
  result: YamlMap | undefined,
  uri: string,
  { case: name, fields }: Output,
  at: YamlNode,
  { findings }: ReadContext,
): void {
  const whose = `the case ${name} of ${uri}`;
  const known = fields.map((field) => field.name);
  checkFields(result, known, whose, findings);
  for (const { name: field, type } of fields) {
    const value = result?.entries.find(({ key }) => key === field)?.value;
    if (value === undefined) {
      findings.add("E_RESULT_FIELD", `the stub must give the field ${field} (${typeName(type)}) of ${whose}`, at);
    } else checkType(value, type, { code: "E_RESULT_TYPE", what: `the field ${field} of ${whose}` }, findings);
  }
}

function isStrictObject(value: Strict): value is { [key: string]: Strict } {
  return isObject(value);
}
