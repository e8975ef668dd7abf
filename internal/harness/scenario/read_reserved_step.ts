import {
  generalValue,
  keysOf,
  readBool,
  readEntries,
  readFields,
  readInt,
  readItems,
  readText,
  type YamlFindings,
  type YamlNode,
} from "../../yaml/mod.ts";
import type { ReadContext } from "./read_context.ts";
import { RunExpectSchema, RunStepSchema, SendExpectSchema, SendStepSchema } from "./step_schema.ts";

const STATUSES = ["completed", "failed", "cancelled"];

/** `run` runs a flow: its shape is checked, its values are of the general profile (scenarios.md §7, flows.md §15). */
export function readRunStep(node: YamlNode, { findings }: ReadContext): void {
  const fields = readFields(node, "a run step", keysOf(RunStepSchema), findings);
  if (fields === undefined) return;
  const text = (key: "run" | "manifest") => {
    const value = fields.get(key);
    if (value !== undefined) readText(value, key, findings);
  };
  text("run");
  text("manifest");
  mapping(fields.get("inputs"), "inputs", findings);
  const mocks = fields.get("mocks");
  for (const mock of mocks?.kind === "list" ? mocks.items : mocks === undefined ? [] : [mocks]) {
    if (mock.kind === "scalar") readText(mock, "mocks", findings);
    else mapping(mock, "mocks", findings);
  }
  const expectNode = fields.get("expect");
  const expect = expectNode && readFields(expectNode, "expect", keysOf(RunExpectSchema), findings);
  const status = expect?.get("status");
  if (status !== undefined && !STATUSES.some((known) => status.kind === "scalar" && status.value === known)) {
    findings.add("E_KEY_TYPE", `status must be one of ${STATUSES.join(", ")}`, status);
  }
  mapping(expect?.get("outputs"), "outputs", findings);
  const error = expect?.get("error");
  const isCode = error?.kind === "scalar" && typeof error.value === "bigint";
  if (error !== undefined && !isCode) readText(error, "error", findings);
  const exact = expect?.get("exact");
  if (exact !== undefined) readBool(exact, "exact", findings);
  refuse("run", fields.keyStart("run"), findings);
}

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

/** The one place that says that neither can be run yet. */
function refuse(kind: "run" | "send", start: number, findings: YamlFindings): void {
  findings.add("E_SCN_STEP_UNSUPPORTED", `${kind} steps are not in this build; a scenario can invoke actions`, start);
}

function mapping(node: YamlNode | undefined, what: string, findings: YamlFindings): void {
  if (node !== undefined && readEntries(node, what, findings) !== undefined) generalValue(node, findings);
}

function list(node: YamlNode | undefined, what: string, findings: YamlFindings): void {
  if (node !== undefined && readItems(node, what, findings) !== undefined) generalValue(node, findings);
}
