import type { SpecSet } from "../../concept/mod.ts";
import { LineIndex } from "../../diag/mod.ts";
import type { Json, Strict } from "../../value/mod.ts";
import { generalValue, YamlFindings, type YamlNode } from "../../yaml/mod.ts";
import { CaptureError, fillIn } from "./fill_in.ts";
import { isLate, placedAt } from "./late_scalar.ts";
import { objectText } from "./object_nodes.ts";
import { readFilledAssertion } from "./read_assertion.ts";
import type { ReadContext } from "./read_context.ts";
import { lateText } from "./read_late.ts";
import { readFilledStep } from "./read_step.ts";
import type { Assertion, At, InvokeStep, LateAssertion, LateStep } from "./scenario_spec.ts";
import { SpecNames } from "./spec_names.ts";
import { Variables } from "./variables.ts";

/** What names are held against. */
type Specs = Pick<SpecSet, "concepts" | "syncs">;

/**
 * A step that can run, now that what earlier steps captured is known.
 *
 * @throws CaptureError if what comes of it is no step that would have been loaded
 */
export function settleStep(
  step: InvokeStep | LateStep,
  captured: ReadonlyMap<string, Strict>,
  specs: Specs,
): InvokeStep {
  return "late" in step ? settled(step, captured, specs, readInvoke) : step;
}

/** Only a step that invokes may leave to the run what it does. */
function readInvoke(node: YamlNode, context: ReadContext): InvokeStep | undefined {
  const step = readFilledStep(node, context);
  return step !== undefined && "action" in step ? step : undefined;
}

/** The same of an assertion. */
export function settleAssertion(
  assertion: Assertion | LateAssertion,
  captured: ReadonlyMap<string, Strict>,
  specs: Specs,
): Assertion {
  return "late" in assertion ? settled(assertion, captured, specs, readFilledAssertion) : assertion;
}

function settled<T extends At>(
  { late, file, pos }: At & { readonly late: YamlNode },
  captured: ReadonlyMap<string, Strict>,
  { concepts, syncs }: Specs,
  read: (node: YamlNode, context: ReadContext) => T | undefined,
): T {
  const findings = new YamlFindings(file, new LineIndex(""));
  const names = new SpecNames({ concepts, syncs, files: [], findings: [] });
  const node = filled(late, captured);
  const made = read(node, { names, findings, variables: new Variables(new Map()), unknowns: { isMet: false } });
  const [finding] = findings.all;
  if (finding !== undefined) throw new CaptureError(`${finding.code}: ${finding.message}`);
  if (made === undefined) throw new CaptureError("what steps captured makes nothing that could be read");
  // The text of the file is not there any more.
  return { ...made, file, pos };
}

/**
 * A value of the general profile, now that what earlier steps captured is known.
 *
 * @throws CaptureError
 */
export function settleValue(node: YamlNode, captured: ReadonlyMap<string, Strict>): Json {
  const findings = new YamlFindings("", new LineIndex(""));
  const value = generalValue(filled(node, captured), findings);
  const [finding] = findings.all;
  if (finding !== undefined || value === undefined) throw new CaptureError(finding?.message ?? "it is no value");
  return value;
}

/** A node in which every late text has become what it stands for. */
function filled(node: YamlNode, captured: ReadonlyMap<string, Strict>): YamlNode {
  if (node.kind === "list") return { ...node, items: node.items.map((item) => filled(item, captured)) };
  if (node.kind === "map") {
    return { ...node, entries: node.entries.map((entry) => ({ ...entry, value: filled(entry.value, captured) })) };
  }
  if (!isLate(node)) return node;
  return placedAt(objectText(fillIn(lateText(node.late), captured), "").node, node, node.value);
}
