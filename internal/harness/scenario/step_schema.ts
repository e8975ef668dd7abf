import * as v from "valibot";
import { described, NameSchema, StrictValueSchema, TextSchema, UriSchema } from "../../yaml/mod.ts";

// Steps of a scenario as editors check them (scenarios.md §7). A text with a variable in it can stand wherever a value can.

/** An int, or a variable that is one. */
export const IntSchema = v.union([v.pipe(v.number(), v.integer(), v.minValue(0)), v.pipe(v.string(), v.regex(/\$\{/))]);

/** An action, or a text with variables that makes one. */
export const ActionSchema = v.union([UriSchema, v.pipe(v.string(), v.regex(/\$\{/))]);

/** Values by name, or a variable that holds them. */
export const ValuesSchema = v.union([v.record(v.string(), StrictValueSchema), v.pipe(v.string(), v.regex(/^\$\{/))]);

const ArgsSchema = described(ValuesSchema, "The args by name.");

export const ExpectCaseSchema = v.strictObject({
  case: described(TextSchema, "The case that the step must end with."),
  result: v.exactOptional(described(ValuesSchema, "Fields of the result, each of which must be equal.")),
  exact: v.exactOptional(
    described(v.boolean(), "true: there may be no other field; false: each named field matches as a subset."),
  ),
});

export const ExpectErrorSchema = v.strictObject({
  error: described(TextSchema, "The code that the step must be refused or fail with, such as E_SYNC_CYCLE."),
});

const ExpectSchema = described(v.union([ExpectCaseSchema, ExpectErrorSchema]), "What must come of this step itself.");

export const SetupStepSchema = v.strictObject({
  action: described(ActionSchema, "The action to invoke: Concept.action."),
  args: v.exactOptional(ArgsSchema),
  expect: v.exactOptional(ExpectSchema),
});

export const InvokeStepSchema = v.strictObject({
  invoke: described(ActionSchema, "The action to invoke: Concept.action."),
  args: v.exactOptional(ArgsSchema),
  expect: v.exactOptional(ExpectSchema),
  capture: v.exactOptional(
    described(
      v.record(NameSchema, TextSchema),
      "Variables for later steps and assertions, each with the path that gives its value: output.order_id.",
    ),
  ),
});

const GeneralSchema = v.record(v.string(), v.unknown());
const MocksSchema = v.union([TextSchema, GeneralSchema]);

export const RunExpectSchema = v.strictObject({
  status: v.exactOptional(v.picklist(["completed", "failed", "cancelled"])),
  outputs: v.exactOptional(described(GeneralSchema, "What the outputs must match as a subset.")),
  error: v.exactOptional(
    described(v.union([TextSchema, v.pipe(v.number(), v.integer())]), "The code or name of the error."),
  ),
  exact: v.exactOptional(described(v.boolean(), "true: the outputs must be equal.")),
});

export const RunStepSchema = v.strictObject({
  run: described(TextSchema, "The flow to run, by its name in the manifest."),
  manifest: v.exactOptional(described(TextSchema, "The manifest.json of a compile; default: out/dsl/manifest.json.")),
  inputs: v.exactOptional(described(GeneralSchema, "The inputs of the run.")),
  mocks: v.exactOptional(
    described(v.union([MocksSchema, v.array(MocksSchema)]), "Answers of steps: a path, a mapping, or a list of them."),
  ),
  expect: v.exactOptional(RunExpectSchema),
});

export const SendExpectSchema = v.strictObject({
  outputs: v.exactOptional(v.array(v.unknown())),
  errors: v.exactOptional(v.array(v.unknown())),
  dropped: v.exactOptional(IntSchema),
});

export const SendStepSchema = v.strictObject({
  send: described(TextSchema, "The pipeline to send events to. Not in this build yet."),
  events: v.array(v.unknown()),
  expect: v.exactOptional(SendExpectSchema),
});

export const StepSchema = v.union([InvokeStepSchema, RunStepSchema, SendStepSchema]);
