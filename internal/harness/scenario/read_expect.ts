import type { Action } from "../../concept/mod.ts";
import { keysOf, readBool, readFields, type YamlNode } from "../../yaml/mod.ts";
import { checkFields, fieldNames } from "./check_fields.ts";
import { isKnown, type ReadContext, readName } from "./read_context.ts";
import { readLateFields, readMap } from "./read_map.ts";
import type { Expectation } from "./scenario_spec.ts";
import { ExpectCaseSchema, ExpectErrorSchema } from "./step_schema.ts";

/** Of either form; which one it is, is looked at afterwards. */
const KEYS = { ...keysOf(ExpectCaseSchema), ...keysOf(ExpectErrorSchema), case: false, error: false };

/** `expect` of a step: `{case, result?, exact?}` or `{error: CODE}` (scenarios.md §7, §8). `node`: with its variables put in. */
export function readExpect(node: YamlNode, action: Action | undefined, context: ReadContext): Expectation | undefined {
  const { findings, names } = context;
  const fields = readFields(node, "expect", KEYS, findings);
  if (fields === undefined) return undefined;
  const errorNode = fields.get("error");
  const caseNode = fields.get("case");
  if (errorNode !== undefined) {
    for (const key of ["case", "result", "exact"] as const) {
      if (fields.get(key) === undefined) continue;
      findings.add("E_KEY_UNKNOWN", `an expect with the key error has no ${key}`, fields.keyStart(key));
    }
    const code = readName(errorNode, "error", context);
    return code && { kind: "error", code: code.value };
  }
  if (caseNode === undefined) findings.add("E_KEY_MISSING", "expect must have the key case, or the key error", node);
  const name = caseNode && readName(caseNode, "case", context);
  const output = name && names.case(name, action, findings);
  const resultNode = fields.get("result");
  const result = resultNode && readMap(resultNode, "result", context);
  // Of a case that is not known nothing is known.
  if (output !== undefined) {
    checkFields(result, fieldNames(action, output), `the case ${output.case} of ${action?.uri}`, findings);
  }
  const exactNode = fields.get("exact");
  const exact = exactNode && isKnown(exactNode, context) ? readBool(exactNode, "exact", findings) : undefined;
  const values = result === undefined ? [] : readLateFields(result, context);
  return name && { kind: "case", case: name.value, result: values, exact };
}
