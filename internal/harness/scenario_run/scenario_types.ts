import type { TraceEvent } from "../../trace/mod.ts";
import type { Row } from "./state_rows.ts";

// What contributors write against (scenarios.md §9): scenarios as JavaScript objects with the keys of the YAML files (§7, §8). They
// are checked by the reader of those files, so these types say less than it does.

/** A value of the strict profile, or a text with `${x}` in it. */
export type ScenarioValue =
  | string
  | number
  | bigint
  | boolean
  | readonly ScenarioValue[]
  | { readonly [key: string]: ScenarioValue };

/** Values by name. */
export type ScenarioFields = { readonly [name: string]: ScenarioValue };

/** What a step should come to: a case with fields of its result, or an error. */
export type ExpectClause =
  | { readonly case: string; readonly result?: ScenarioFields; readonly exact?: boolean }
  | { readonly error: string };

export interface SetupStep {
  readonly action: string;
  readonly args?: ScenarioFields;
  /** Default: `{case: "Success"}`. */
  readonly expect?: ExpectClause;
}

export interface FlowStep {
  readonly invoke: string;
  readonly args?: ScenarioFields;
  readonly expect?: ExpectClause;
  /** Variables that later steps and assertions see, by their path: `{order: "output.order_id"}`. */
  readonly capture?: { readonly [variable: string]: string };
}

export interface StubEntry {
  readonly args?: ScenarioFields;
  readonly case: string;
  readonly result?: ScenarioFields;
  readonly times?: number;
}

/** An assertion of scenarios.md §8. */
export type AssertionClause =
  | {
      readonly type: "trace_contains";
      readonly action: string;
      readonly args?: ScenarioFields;
      readonly case?: string;
      readonly result?: ScenarioFields;
      readonly cause?: string;
    }
  | { readonly type: "trace_order"; readonly actions: readonly string[] }
  | {
      readonly type: "trace_count";
      readonly action: string;
      readonly count: number;
      readonly args?: ScenarioFields;
      readonly case?: string;
    }
  | { readonly type: "trace_never"; readonly action: string; readonly args?: ScenarioFields; readonly case?: string }
  | {
      readonly type: "completion";
      readonly action: string;
      readonly case: string;
      readonly result?: ScenarioFields;
      readonly args?: ScenarioFields;
      readonly exact?: boolean;
    }
  | {
      readonly type: "provenance";
      readonly from: string;
      readonly via: string;
      readonly to: string;
      readonly bindings?: ScenarioFields;
    }
  | {
      readonly type: "final_state";
      readonly table: string;
      readonly where?: ScenarioFields;
      readonly expect?: ScenarioFields;
      readonly rows?: number | readonly ScenarioFields[];
      readonly absent?: true;
    };

/** A scenario with the keys of its file (scenarios.md §7). */
export interface Scenario {
  readonly version?: 1;
  readonly name: string;
  readonly description?: string;
  /** Where relative paths start; default: the working directory. */
  readonly base_dir?: string;
  readonly specs?: readonly string[];
  readonly use?: readonly { readonly file: string; readonly with?: ScenarioFields }[];
  readonly vars?: ScenarioFields;
  readonly flow_token?: string;
  readonly stubs?: { readonly [action: string]: readonly StubEntry[] };
  readonly unimplemented?: "error" | "assume";
  readonly max_steps?: number;
  readonly timeout_ms?: number;
  readonly golden?: boolean | string;
  readonly setup?: readonly SetupStep[];
  readonly flow: readonly FlowStep[];
  readonly assertions?: readonly AssertionClause[];
  readonly cases?: readonly { readonly name: string; readonly description?: string; readonly vars: ScenarioFields }[];
}

/** What came of a scenario. */
export interface Result {
  /** Nothing stands in `errors`. */
  readonly pass: boolean;
  /** Events in `seq` order, those of the setup too. */
  readonly trace: readonly TraceEvent[];
  /** One string a finding, in the order of scenarios.md §8. */
  readonly errors: readonly string[];
  /** Every state table by name, its rows in key order, values with declared types. */
  readonly state: { readonly [table: string]: readonly Row[] };
}
