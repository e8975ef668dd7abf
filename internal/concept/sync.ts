import type { Strict } from "../value/mod.ts";
import type { Place } from "./concept.ts";
import type { SpecType } from "./spec_type.ts";

/** A checked sync, as data that an engine executes (scenarios.md §4). */
export interface Sync extends Place {
  readonly name: string;
  readonly scope: Scope;
  readonly when: readonly Pattern[];
  readonly where: readonly WhereQuery[];
  /** The items of `then`. */
  readonly invokes: readonly Then[];
  /** All variables of `when` and `where`, in the order they are met. */
  readonly variables: readonly string[];
}

export type Scope =
  | { readonly kind: "flow" }
  | { readonly kind: "global" }
  | { readonly kind: "keyed"; readonly variable: string };

/** What an event must look like. Every term must hold; a path that is absent makes it not match. */
export interface Pattern extends Place {
  readonly action: string;
  readonly event: "completed" | "invoked";
  /** undefined: any case. */
  readonly case: string | undefined;
  readonly terms: readonly Term[];
}

export interface Term {
  readonly path: ValuePath;
  readonly is:
    | { readonly kind: "literal"; readonly value: Strict }
    | { readonly kind: "variable"; readonly name: string };
}

/** A place in an event, or below a variable. */
export interface ValuePath {
  readonly root: "args" | "output";
  /** The first is the name of an arg or a field. */
  readonly steps: readonly Step[];
}

/** Into an object by name, into an array by index. */
export type Step = string | number;

/** One query of `where`; its rows are in the order in which they fire. */
export interface WhereQuery extends Place {
  readonly from: string;
  /**
   * A SELECT of the bound columns, in the order of `binds`, with the filter, the rows that the scope sees and the row order.
   * It has one more column at the end, a constant, so that it also counts rows where nothing is bound.
   */
  readonly sql: string;
  /** Parameters without `:`: variables met before, and `flow_token`. */
  readonly params: readonly string[];
  /** A row whose value disagrees with a variable that has one already is skipped. */
  readonly binds: readonly { readonly variable: string; readonly column: string; readonly type: SpecType }[];
}

export interface Then extends Place {
  /** Stored in the log: the sync's name for the first, `name#k` for the others. */
  readonly syncId: string;
  readonly action: string;
  readonly args: readonly { readonly name: string; readonly value: Template }[];
}

/** How an arg of a new invocation is made. */
export type Template =
  | { readonly kind: "literal"; readonly value: Strict }
  /** Of a variable, or of the flow token with `variable: "flow_token"`. */
  | { readonly kind: "bound"; readonly variable: string; readonly steps: readonly Step[] }
  | { readonly kind: "array"; readonly items: readonly Template[] }
  | { readonly kind: "object"; readonly entries: readonly { readonly key: string; readonly value: Template }[] };
