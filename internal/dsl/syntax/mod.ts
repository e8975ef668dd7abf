// The texts of .wdl and .pdl files (flows §1, §2, §4): the indented layout that both share, and the two languages as typed
// trees with places. A file is read whole or has one finding `parse-error`. Nothing here recurses on the call stack.
export { activeArm } from "./active_arm.ts";
export { allSteps } from "./all_steps.ts";
export { appliesPolicy } from "./applies_policy.ts";
export { splitAssignment } from "./assignment.ts";
export type { Condition, Reference } from "./condition.ts";
export { type Deep, into, runDeep } from "./deep.ts";
export {
  compareIssues,
  type DslIssue,
  dslIssue,
  type Issue,
  type IssueFields,
  issueDiagnostic,
  publicIssue,
} from "./dsl_issue.ts";
export { type DslSource, dslSource } from "./dsl_source.ts";
export {
  type Entry,
  entriesOf,
  type KeyEntry,
  type Layout,
  type List,
  type Mapping,
  type Node,
  type Scalar,
} from "./layout.ts";
export { mappingsOf, nodesOf, scalarsOf } from "./nodes_of.ts";
export type { Reading } from "./parse_fault.ts";
export { type Part, trimmed, wordsOf } from "./part.ts";
export type {
  Assignment,
  ChooseOption,
  ChooseStatement,
  IfStatement,
  PdlFile,
  Statement,
} from "./pdl_file.ts";
export { type DslFile, type DslKind, dslKind, readDsl, stemOf } from "./read_dsl.ts";
export { readPdl } from "./read_pdl.ts";
export { readWdl } from "./read_wdl.ts";
export { stringLiteral } from "./string_literal.ts";
export type {
  CallStep,
  PolicyOption,
  Step,
  WdlFile,
  WhenStep,
} from "./wdl_file.ts";
