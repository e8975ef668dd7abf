import { didYouMean } from "../../diag/mod.ts";
import { keysOf, readEntries, readFields, type YamlMap, type YamlNode } from "../../yaml/mod.ts";
import { readCaptures } from "./read_capture.ts";
import { placeOf, type ReadContext } from "./read_context.ts";
import { readInvoke } from "./read_invoke.ts";
import { readSendStep } from "./read_reserved_step.ts";
import { readRunStep } from "./read_run_step.ts";
import type { InvokeStep, LateStep, WrittenRun } from "./scenario_spec.ts";
import { InvokeStepSchema } from "./step_schema.ts";

const KINDS = ["invoke", "run", "send"] as const;

/**
 * A step of `flow` (scenarios.md §7). What it captures is known from here on. One in which more than values hangs on what earlier
 * steps capture is read again when it is its turn.
 */
export function readStep(written: YamlNode, context: ReadContext): InvokeStep | WrittenRun | LateStep | undefined {
  const node = context.variables.put(written, context.findings);
  const unknowns = { isMet: false };
  const step = readFilledStep(node, { ...context, unknowns });
  return unknowns.isMet ? { late: node, ...placeOf(node, context) } : step;
}

/** A step whose variables have been put in. */
export function readFilledStep(node: YamlNode, context: ReadContext): InvokeStep | WrittenRun | undefined {
  const step = asMap(node, context);
  switch (step && kindOf(step, context)) {
    case "invoke":
      return readInvokeStep(node, context);
    case "run":
      return readRunStep(node, context);
    case "send":
      readSendStep(node, context);
      return undefined;
    case undefined:
      return undefined;
  }
}

function asMap(node: YamlNode, { findings }: ReadContext): YamlMap | undefined {
  return readEntries(node, "a step", findings) !== undefined && node.kind === "map" ? node : undefined;
}

/** E_SCN_STEP: not exactly one of the keys that say what a step does. */
function kindOf(step: YamlMap, { findings }: ReadContext): (typeof KINDS)[number] | undefined {
  const keys = step.entries.map(({ key }) => key);
  const [kind, other] = KINDS.filter((known) => keys.includes(known));
  if (kind !== undefined && other === undefined) return kind;
  if (other !== undefined) {
    findings.add(
      "E_SCN_STEP",
      `a step has one of the keys ${KINDS.join(", ")}, this one has ${kind} and ${other}`,
      step,
    );
    return undefined;
  }
  const misspelt = step.entries.find(({ key }) => didYouMean(key, KINDS) !== undefined);
  const message = `a step has one of the keys ${KINDS.join(", ")}, this one has none of them`;
  const help = misspelt && didYouMean(misspelt.key, KINDS);
  findings.add("E_SCN_STEP", message, misspelt?.keyStart ?? step, { help });
  return undefined;
}

function readInvokeStep(node: YamlNode, context: ReadContext): InvokeStep | undefined {
  const fields = readFields(node, "an invoke step", keysOf(InvokeStepSchema), context.findings);
  const invoke = fields && readInvoke(fields, "invoke", context);
  const caseName = invoke?.expect?.kind === "case" ? invoke.expect.case : undefined;
  const capture = readCaptures(fields?.get("capture"), invoke?.of, caseName, context);
  for (const { variable } of capture) context.variables.open(variable);
  if (invoke === undefined) return undefined;
  const { of: _, ...step } = invoke;
  return { ...step, capture };
}
