import { keysOf, readFields, type YamlNode } from "../../yaml/mod.ts";
import type { ReadContext } from "./read_context.ts";
import { readInvoke } from "./read_invoke.ts";
import type { InvokeStep } from "./scenario_spec.ts";
import { SetupStepSchema } from "./step_schema.ts";

/** A step of `setup` (scenarios.md §7): where nothing is expected, it is the case Success. */
export function readSetupStep(written: YamlNode, context: ReadContext): InvokeStep | undefined {
  const { findings, names, variables } = context;
  const fields = readFields(variables.put(written, findings), "a setup step", keysOf(SetupStepSchema), findings);
  const invoke = fields && readInvoke(fields, "action", context);
  if (fields === undefined || invoke === undefined) return undefined;
  const { of: action, ...step } = invoke;
  const actionNode = fields.get("action");
  if (fields.get("expect") === undefined && actionNode?.kind === "scalar") {
    names.case({ ...actionNode, value: "Success" }, action, findings);
  }
  const expect = step.expect ?? { kind: "case", case: "Success", result: [], exact: undefined };
  return { ...step, expect, capture: [] };
}
