import {
  generalValue,
  keysOf,
  readFields,
  readInt,
  readItems,
  readText,
  type YamlFindings,
  type YamlNode,
} from "../../yaml/mod.ts";
import type { ReadContext } from "./read_context.ts";
import { SendExpectSchema, SendStepSchema } from "./step_schema.ts";

/** `send` gives events to a pipeline: the same. */
export function readSendStep(node: YamlNode, { findings }: ReadContext): void {
  const fields = readFields(node, "a send step", keysOf(SendStepSchema), findings);
  if (fields === undefined) return;
  const pipeline = fields.get("send");
  if (pipeline !== undefined) readText(pipeline, "send", findings);
  list(fields.get("events"), "events", findings);
  const expectNode = fields.get("expect");
  const expect = expectNode && readFields(expectNode, "expect", keysOf(SendExpectSchema), findings);
  list(expect?.get("outputs"), "outputs", findings);
  list(expect?.get("errors"), "errors", findings);
  const dropped = expect?.get("dropped");
  if (dropped !== undefined) readInt(dropped, "dropped", 0, findings);
  refuse("send", fields.keyStart("send"), findings);
}

/** The one place that says that it cannot be run yet. */
function refuse(kind: "send", start: number, findings: YamlFindings): void {
  const message = `${kind} steps are not in this build; a scenario can invoke actions and run flows`;
  findings.add("E_SCN_STEP_UNSUPPORTED", message, start);
}

function list(node: YamlNode | undefined, what: string, findings: YamlFindings): void {
  if (node !== undefined && readItems(node, what, findings) !== undefined) generalValue(node, findings);
}
