import type { Diagnostic, Position } from "../../diag/mod.ts";
import type { FlowIr, RunExpectation } from "../../flow/mod.ts";
import type { Json, Strict } from "../../value/mod.ts";
import type { YamlNode } from "../../yaml/mod.ts";
import type { LateFields, LateValue } from "./late_value.ts";

// A case of a scenario file, ready to run (scenarios.md §7): fragments are merged in, variables filled in but for captured
// ones, everything checked against the specs as far as can be. Plain data, posted to threads.

/** Where something stands. */
export interface At {
  /** As messages name it: a step or assertion may come from a fragment. */
  readonly file: string;
  readonly pos: Position;
}

export interface ScenarioSpec<Run = RunStep> {
  /** The scenario's name. */
  readonly name: string;
  /** Of `cases`; undefined where there are none. */
  readonly case: string | undefined;
  /** `name` of the file, and that of the case: `<name>` or `<name>/<case>`; the header of its golden file. */
  readonly title: string;
  readonly pos: Position;
  readonly flowToken: string;
  /** Those of the scenario, then those of its fragments. */
  readonly stubs: readonly Stub[];
  readonly unimplemented: "error" | "assume";
  readonly maxSteps: number;
  /** Real ms of a handler call; undefined: what `--timeout` says. */
  readonly timeoutMs: number | undefined;
  readonly golden: Golden;
  readonly setup: readonly InvokeStep[];
  readonly flow: readonly (InvokeStep | Run | LateStep)[];
  readonly assertions: readonly (Assertion | LateAssertion)[];
}

/** An entry of `stubs`. */
export interface Stub extends At {
  readonly action: string;
  /** Matched as a subset; undefined: any. */
  readonly args: Strict | undefined;
  readonly case: string;
  readonly result: { readonly [field: string]: Strict };
  /** undefined: any number. */
  readonly times: number | undefined;
}

export interface Golden {
  /** `required`: `golden: true` or a path; `existing`: left out; `never`: `golden: false`. */
  readonly mode: "required" | "existing" | "never";
  /** Absolute. */
  readonly path: string;
  /** As messages name it: relative to the scenario's folder, `golden/checkout_success.golden.jsonl`. */
  readonly shown: string;
  readonly pos: Position;
}

export interface InvokeStep extends At {
  readonly action: string;
  readonly args: LateFields;
  readonly expect: Expectation | undefined;
  /** Variables that later steps and assertions see. */
  readonly capture: readonly Capture[];
  /**
   * Why the engine would refuse it, if its args are no values that can be said here (floats, null): only of a step that expects an
   * error.
   */
  readonly refused?: readonly [Diagnostic, ...Diagnostic[]];
}

/** A run of a flow as it is written (flows §15): its files are still to be read. */
export interface WrittenRun extends At {
  readonly flow: string;
  /** Where findings about the step stand. */
  readonly flowNode: YamlNode;
  readonly manifest: YamlNode | undefined;
  /** Of the general profile, as all values of the step; captured variables may be left in them. */
  readonly inputs: YamlNode | undefined;
  /** Paths and mappings; the earlier ones win. */
  readonly mocks: readonly YamlNode[];
  readonly expect: ExpectedRun | undefined;
}

/** A run of a flow with everything that it needs. */
export interface RunStep extends At {
  readonly flow: string;
  readonly ir: FlowIr;
  readonly inputs: YamlNode | undefined;
  /** Mocks documents without flaws. */
  readonly mocks: readonly Json[];
  readonly expect: ExpectedRun | undefined;
}

/** What a run should come to (flows §15, check `expect`). */
export interface ExpectedRun {
  readonly status: RunExpectation["status"];
  readonly outputs: YamlNode | undefined;
  readonly error: RunExpectation["error"];
  readonly exact: boolean;
}

/** A step whose action, case or the like hangs on what earlier steps capture; `settleStep` makes it one that can run. */
export interface LateStep extends At {
  readonly late: YamlNode;
}

export type Expectation =
  | {
      readonly kind: "case";
      readonly case: string;
      readonly result: LateFields;
      /** undefined: fields not named are free, named ones equal; true: no other field; false: subsets (scenarios.md §8). */
      readonly exact: boolean | undefined;
    }
  | { readonly kind: "error"; readonly code: string };

export interface Capture extends At {
  readonly variable: string;
  /** As written. */
  readonly path: string;
  /** Into the result: names of fields and indexes. */
  readonly steps: readonly (string | number)[];
}

/** The types of scenarios.md §8. `args`, `result` and `where` are late objects. */
export type Assertion = At &
  (
    | {
        readonly type: "trace_contains";
        readonly action: string;
        readonly args: LateValue | undefined;
        readonly case: string | undefined;
        readonly result: LateValue | undefined;
        readonly cause: string | undefined;
      }
    | { readonly type: "trace_order"; readonly actions: readonly string[] }
    | {
        readonly type: "trace_count";
        readonly action: string;
        readonly count: number;
        readonly args: LateValue | undefined;
        readonly case: string | undefined;
      }
    | {
        readonly type: "trace_never";
        readonly action: string;
        readonly args: LateValue | undefined;
        readonly case: string | undefined;
      }
    | {
        readonly type: "completion";
        readonly action: string;
        readonly case: string;
        readonly args: LateValue | undefined;
        readonly result: LateValue | undefined;
        readonly exact: boolean;
      }
    | {
        readonly type: "provenance";
        readonly from: string;
        readonly via: string;
        readonly to: string;
        readonly bindings: LateValue | undefined;
      }
    | {
        readonly type: "final_state";
        readonly table: string;
        readonly where: LateValue | undefined;
        readonly is:
          | { readonly kind: "expect"; readonly row: LateValue }
          | { readonly kind: "count"; readonly count: number }
          | { readonly kind: "rows"; readonly rows: LateValue }
          | { readonly kind: "absent" };
      }
  );

/** An assertion whose action, count or the like hangs on what steps capture; `settleAssertion` makes it one that can be judged. */
export interface LateAssertion extends At {
  /** As it is written. */
  readonly type: string;
  readonly late: YamlNode;
}

/** What a run needs to know of an assertion, whatever type it has. */
export type AssertionType = Assertion["type"];
