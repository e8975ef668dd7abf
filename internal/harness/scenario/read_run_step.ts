import {
  generalValue,
  keysOf,
  readBool,
  readEntries,
  readFields,
  readText,
  type YamlFindings,
  type YamlNode,
} from "../../yaml/mod.ts";
import { isLate } from "./late_scalar.ts";
import { placeOf, type ReadContext, readName } from "./read_context.ts";
import type { ExpectedRun, WrittenRun } from "./scenario_spec.ts";
import { RunExpectSchema, RunStepSchema } from "./step_schema.ts";

const STATUSES = ["completed", "failed", "cancelled"] as const;

/** `run` runs a flow (scenarios.md §7, flows.md §15). Its files are read later; values are of the general profile. */
export function readRunStep(node: YamlNode, outer: ReadContext): WrittenRun | undefined {
  // What an invoke step may leave to the run, a file must have at once.
  const context = { ...outer, unknowns: { isMet: false } };
  const { findings } = context;
  const fields = readFields(node, "a run step", keysOf(RunStepSchema), findings);
  if (fields === undefined) return undefined;
  const flowNode = fields.get("run");
  const flow = flowNode && readName(flowNode, "run", context);
  const manifest = fields.get("manifest");
  if (manifest !== undefined) readName(manifest, "manifest", context);
  const inputs = readMapping(fields.get("inputs"), "inputs", findings);
  const mocks = readMocks(fields.get("mocks"), context);
  const expectNode = fields.get("expect");
  const expect = expectNode && readExpect(expectNode, context);
  if (context.unknowns.isMet) {
    const message = "the flow, its manifest and its mocks cannot hang on what steps capture; inputs and outputs can";
    findings.add("E_SCN_VAR", message, node);
    return undefined;
  }
  if (flow === undefined || flowNode === undefined) return undefined;
  return { flow: flow.value, flowNode, manifest, inputs, mocks, expect, ...placeOf(node, context) };
}

/** A path, a mapping, or a list of them. */
function readMocks(node: YamlNode | undefined, context: ReadContext): readonly YamlNode[] {
  if (node === undefined) return [];
  const items = node.kind === "list" ? node.items : [node];
  for (const item of items) {
    if (item.kind === "scalar") readName(item, "mocks", context);
    else readMapping(item, "mocks", context.findings);
    if (hasLate(item)) context.unknowns.isMet = true;
  }
  return items;
}

function readExpect(node: YamlNode, { findings }: ReadContext): ExpectedRun | undefined {
  const fields = readFields(node, "expect", keysOf(RunExpectSchema), findings);
  if (fields === undefined) return undefined;
  const statusNode = fields.get("status");
  const status = STATUSES.find((known) => statusNode?.kind === "scalar" && statusNode.value === known);
  if (statusNode !== undefined && status === undefined) {
    findings.add("E_KEY_TYPE", `status must be one of ${STATUSES.join(", ")}`, statusNode);
  }
  const outputs = readMapping(fields.get("outputs"), "outputs", findings);
  const exactNode = fields.get("exact");
  const exact = exactNode === undefined ? false : (readBool(exactNode, "exact", findings) ?? false);
  return { status, outputs, error: readError(fields.get("error"), findings), exact };
}

/** A code or a name. */
function readError(node: YamlNode | undefined, findings: YamlFindings): number | string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === "scalar" && typeof node.value === "bigint") return Number(node.value);
  return readText(node, "error", findings)?.value;
}

/** A mapping of the general profile; what captured variables make of it is seen when it runs. */
function readMapping(node: YamlNode | undefined, what: string, findings: YamlFindings): YamlNode | undefined {
  if (node === undefined || readEntries(node, what, findings) === undefined) return undefined;
  if (!hasLate(node)) generalValue(node, findings);
  return node;
}

/** Whether captured variables are left in a value. */
export function hasLate(node: YamlNode): boolean {
  if (node.kind === "list") return node.items.some(hasLate);
  return node.kind === "map" ? node.entries.some(({ value }) => hasLate(value)) : isLate(node);
}
