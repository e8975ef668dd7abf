// Flow IR and the manifest (flows §9): schemas, the rules beyond them, inputs; and the graph semantics that all engines and
// executors share (flows §10).

export { checkInputs } from "./check_inputs.ts";
export { type CheckedIr, checkIr, VERSION_REFUSED } from "./check_ir.ts";
export { checkManifest, mismatches } from "./check_manifest.ts";
export { CONTROL_KINDS, type ControlKind, isControlKind } from "./control_kinds.ts";
export { type ReadData, readDataFile } from "./data_file.ts";
export { exitOfRunError, isStepFailure, nameOfRunError, RUN_CODE } from "./error_codes.ts";
export { FlowGraph, type GraphEdge } from "./flow_graph.ts";
export { FlowInputError } from "./flow_input_error.ts";
export {
  type DeclaredInputs,
  DeclaredInputsSchema,
  type FlowEdge,
  type FlowIr,
  FlowIrSchema,
  type FlowNode,
  ForeignInputsSchema,
  type InputsSchema,
  InputsSchemaSchema,
  IR_VERSION,
  type Sources,
} from "./flow_ir.ts";
export { GraphWalk, type NodeCounts, type NodeStatus } from "./graph_walk.ts";
export { type InputType, parseInputType } from "./input_type.ts";
export { inputsSchemaHash, manifestFacts, sha256Of, stepKinds } from "./ir_digests.ts";
export { type JsonObject, MAX_INT, NAME_PATTERN } from "./ir_types.ts";
export { inputError, type JsonFile, parseJsonText, placed, readJsonFile } from "./json_file.ts";
export { jsonPlace } from "./json_place.ts";
export {
  findFlow,
  type LoadedIr,
  type LoadedManifest,
  loadIr,
  loadManifest,
  mismatchesOf,
  type NameOf,
} from "./load_flow.ts";
export { type Manifest, type ManifestEntry, ManifestSchema } from "./manifest.ts";
export { type JsonPath, type Problem, pointer, shownValue } from "./problem.ts";
export { compileTemplate, resolveTemplate, type Template, type TemplateState } from "./resolve_template.ts";
export type {
  LogEvent,
  LogLevel,
  RunEvent,
  StepError,
  StepFailed,
  StepStarted,
  StepSucceeded,
  ValueObject,
} from "./run_event.ts";
export { type RunExpectation, RunExpectationSchema, type Unexpected, unexpectedIn } from "./run_expectation.ts";
export type { RunError, RunResult, RunState } from "./run_result.ts";
export { schemaProblems } from "./schema_problems.ts";
export { SourceMap, type StepPlace } from "./source_map.ts";
export { isStepEvent, reportedEvent, type StepEvent } from "./step_event.ts";
export { chooseCase, type KeyFrom, parseKeyFrom, type SwitchRule, switchRule } from "./switch_rule.ts";
