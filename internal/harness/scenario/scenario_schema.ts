import * as v from "valibot";
import { described, NameSchema, TextSchema } from "../../yaml/mod.ts";
import { AssertionSchema } from "./assertion_schema.ts";
import { IntSchema, SetupStepSchema, StepSchema, ValuesSchema } from "./step_schema.ts";

// Scenario and fragment files as editors check them (scenarios.md §7). The readers take their keys from here.

const VarsSchema = v.record(NameSchema, v.unknown());

export const UseSchema = v.strictObject({
  file: described(TextSchema, "The fragment, relative to this file."),
  with: v.exactOptional(described(VarsSchema, "Values for variables of the fragment.")),
});

export const StubSchema = v.strictObject({
  args: v.exactOptional(described(ValuesSchema, "Only invocations whose args have these, as a subset.")),
  case: described(TextSchema, "The case that it answers."),
  result: v.exactOptional(described(ValuesSchema, "All fields of that case.")),
  times: v.exactOptional(described(IntSchema, "How often at most; without it, always.")),
});

export const CaseSchema = v.strictObject({
  name: described(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_.-]+$/)), "The name of the case."),
  description: v.exactOptional(v.string()),
  vars: described(VarsSchema, "Variables of this case; they win over those of the scenario."),
});

const parts = {
  version: v.exactOptional(described(v.literal(1), "The version of the format: 1.")),
  vars: v.exactOptional(described(VarsSchema, "Variables, used as \x24{name}.")),
  use: v.exactOptional(described(v.array(UseSchema), "Fragments: they come before what stands here.")),
  specs: v.exactOptional(
    described(
      v.array(TextSchema),
      "Concept and sync files, or folders of them, relative to this file, else to the working directory.",
    ),
  ),
  stubs: v.exactOptional(
    described(
      v.record(v.string(), v.array(StubSchema)),
      "Answers instead of the bodies of actions; the first entry that matches is taken.",
    ),
  ),
  setup: v.exactOptional(
    described(v.array(SetupStepSchema), "Steps before the flow; one that misses Success ends the case."),
  ),
  assertions: v.exactOptional(
    described(v.array(AssertionSchema), "What must hold of the trace and of the state at the end."),
  ),
};

/** A `*.fragment.yaml` file. */
export const FragmentSchema = v.strictObject({
  ...parts,
  vars: v.exactOptional(
    described(VarsSchema, "The variables of the fragment; one that is null must be given by whoever uses it."),
  ),
});

/** A `*.scenario.yaml` file. */
export const ScenarioSchema = v.strictObject({
  version: parts.version,
  name: described(TextSchema, "The name of the scenario; its stable id is <file>::<name>."),
  description: v.exactOptional(v.string()),
  specs: parts.specs,
  use: parts.use,
  vars: parts.vars,
  flow_token: v.exactOptional(described(TextSchema, "The flow token of all steps; default test-flow-default.")),
  stubs: parts.stubs,
  unimplemented: v.exactOptional(
    described(v.picklist(["error", "assume"]), "What an action without a body does; assume: what the step expects."),
  ),
  max_steps: v.exactOptional(
    described(v.pipe(v.number(), v.integer(), v.minValue(1)), "How many invocations the flow may hold; default 1000."),
  ),
  timeout_ms: v.exactOptional(
    described(
      v.pipe(v.number(), v.integer(), v.minValue(1)),
      "Real ms that a call of a handler may take; default 10000.",
    ),
  ),
  golden: v.exactOptional(
    described(
      v.union([v.boolean(), TextSchema]),
      "true: the golden file must exist; false: never compared; a path: it is there. With cases a path contains \x24{case}.",
    ),
  ),
  setup: parts.setup,
  flow: described(v.pipe(v.array(StepSchema), v.nonEmpty()), "The steps."),
  assertions: parts.assertions,
  cases: v.exactOptional(described(v.pipe(v.array(CaseSchema), v.nonEmpty()), "Each is a case of its own.")),
});
