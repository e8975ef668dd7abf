import type * as v from "valibot";
import type { TraceEvent } from "../../trace/mod.ts";
import type { Strict } from "../../value/mod.ts";
import type { ScenarioSchema } from "../scenario/mod.ts";
import type { Row } from "./state_rows.ts";

// What contributors write against (scenarios.md §9): the keys of scenario files (§7, §8), as their schema has them.

/** A value of the strict profile, or a text with variables in it. */
export type ScenarioValue =
  | string
  | number
  | bigint
  | boolean
  | readonly ScenarioValue[]
  | { readonly [key: string]: ScenarioValue };

/** What YAML says, as TypeScript says it: nothing of it is written to, and an int may be a bigint. */
type Written<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Written<Item>[]
    : T extends object
      ? string extends keyof T
        ? { readonly [key: string]: Member<T[keyof T]> }
        : { readonly [Key in keyof T]: Written<T[Key]> }
      : T;

type Member<T> = unknown extends T ? unknown : Exclude<Strict, bigint> extends T ? ScenarioValue : Written<T>;

/** A scenario as a JavaScript object. */
export type Scenario = Written<v.InferInput<typeof ScenarioSchema>> & {
  /** Where relative paths start; default: the working directory. */
  readonly base_dir?: string;
};

export type SetupStep = NonNullable<Scenario["setup"]>[number];

export type FlowStep = Scenario["flow"][number];

/** What a step should come to: a case with fields of its result, or an error. */
export type ExpectClause = NonNullable<SetupStep["expect"]>;

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
