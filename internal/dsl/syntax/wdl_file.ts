import type { Condition, ConditionFault } from "./condition.ts";
import type { DslSource } from "./dsl_source.ts";
import type { KeyEntry, Layout, List, Mapping, Scalar } from "./layout.ts";
import type { Part } from "./part.ts";

/** A .wdl file as a tree (flows §2). Every `at` is a UTF-16 index into its text. */
export interface WdlFile {
  readonly kind: "wdl";
  readonly source: DslSource;
  /** All lines as they are written, unknown and repeated keys too. */
  readonly layout: Layout;
  readonly version: Scalar;
  readonly workflow: Scalar;
  readonly timeoutMs: number | undefined;
  readonly inputs: readonly InputDeclaration[];
  readonly outputs: readonly KeyEntry[];
  /** At least one. */
  readonly steps: readonly Step[];
  readonly triggers: Mapping | List | undefined;
  /** Second and later entries of list items: they are no steps. In the order of the file. */
  readonly dropped: readonly Part[];
}

export interface InputDeclaration {
  readonly name: string;
  readonly at: number;
  readonly type: Scalar;
}

export type Step = CallStep | WhenStep;

/** `ID(TARGET) options:` with its arguments. */
export interface CallStep {
  readonly kind: "call";
  /** Of its key. */
  readonly at: number;
  readonly id: Part;
  readonly target: Part;
  readonly timeoutMs: number | undefined;
  readonly retry: Retry | undefined;
  readonly policy: PolicyOption | undefined;
  readonly args: Mapping;
  readonly onFailure: FailureHandler | undefined;
}

export interface Retry {
  readonly max: number;
  readonly everyMs: number;
}

/** `policy NAME`. */
export interface PolicyOption {
  /** Of the word `policy`. */
  readonly at: number;
  readonly name: Part;
}

/** `on failure:` or `on failure finish:`. */
export interface FailureHandler {
  readonly at: number;
  /** Whether it goes straight to the outputs. */
  readonly finish: boolean;
  readonly steps: readonly Step[];
}

/** `when COND:`; its body may be empty. */
export interface WhenStep {
  readonly kind: "when";
  /** Of the word `when`. */
  readonly at: number;
  /** COND as it is written. */
  readonly text: Part;
  /** What it says, or what is wrong with it: such a file has no IR, but a plan. */
  readonly condition: Condition | ConditionFault;
  readonly steps: readonly Step[];
}
