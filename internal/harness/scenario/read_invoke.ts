import type { Action } from "../../concept/mod.ts";
import type { Diagnostic } from "../../diag/mod.ts";
import { type Fields, YamlFindings } from "../../yaml/mod.ts";
import { checkArgs } from "./check_args.ts";
import { placeOf, type ReadContext, readName } from "./read_context.ts";
import { readExpect } from "./read_expect.ts";
import { readLateFields, readMap } from "./read_map.ts";
import type { InvokeStep } from "./scenario_spec.ts";

/** A step that invokes an action, without what it captures. */
export type Invoke = Omit<InvokeStep, "capture"> & { readonly of: Action | undefined };

/**
 * The action, args and expectation of a step (scenarios.md §7). One that expects an error may invoke what the load check
 * refuses: an unknown action, args that do not fit or are not in the strict profile.
 */
export function readInvoke<Key extends string>(
  fields: Fields<Key | "args" | "expect">,
  key: Key,
  context: ReadContext,
): Invoke | undefined {
  const { findings, names } = context;
  const actionNode = fields.get(key);
  const uri = actionNode && readName(actionNode, key, context);
  const expectNode = fields.get("expect");
  const isRefusalExpected = expectNode?.kind === "map" && expectNode.entries.some(({ key: name }) => name === "error");
  const mayBeWrong = isRefusalExpected ? new YamlFindings(findings.file, findings.source) : findings;
  const action = uri && names.action(uri, mayBeWrong);
  const argsNode = fields.get("args");
  const argsMap = argsNode && readMap(argsNode, "args", context);
  if (actionNode !== undefined && (argsNode === undefined || argsMap !== undefined)) {
    checkArgs(argsMap, action, mayBeWrong, actionNode);
  }
  const args = argsMap === undefined ? [] : readLateFields(argsMap, { ...context, findings: mayBeWrong });
  const expect = expectNode && readExpect(expectNode, action, context);
  if (uri === undefined) return undefined;
  const refused = isRefusalExpected ? refusal(mayBeWrong.all) : {};
  return { action: uri.value, args, expect, of: action, ...refused, ...placeOf(uri, context) };
}

/** What the engine would say of args that cannot be given to it. */
function refusal(findings: readonly Diagnostic[]): Pick<InvokeStep, "refused"> {
  const [first, ...others] = findings.map((finding) =>
    finding.code === "E_SCN_ACTION_UNKNOWN" ? { ...finding, code: "E_ACTION_UNKNOWN" } : finding,
  );
  const isOutside = findings.some(({ code }) => code.startsWith("E_VALUE_"));
  return isOutside && first !== undefined ? { refused: [first, ...others] } : {};
}
