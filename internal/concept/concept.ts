import type { Position } from "../diag/mod.ts";
import type { Snippet } from "./snippet.ts";
import type { SpecType } from "./spec_type.ts";

/** Where something is declared. */
export interface Place {
  /** As messages name the file. */
  readonly file: string;
  readonly pos: Position;
}

/** A checked concept spec (scenarios.md §3). */
export interface Concept extends Place {
  readonly name: string;
  readonly purpose: string;
  readonly tables: readonly Table[];
  readonly actions: readonly Action[];
  /** Absolute path of the handler module. */
  readonly handlers: string | undefined;
  readonly principles: readonly Principle[];
}

export interface Table extends Place {
  readonly name: string;
  readonly concept: string;
  readonly columns: readonly Field[];
  /** Columns of the primary key; empty: rows are known by rowid. */
  readonly key: readonly string[];
  /** The terms of an ORDER BY that is total: the key, else the rowid. */
  readonly order: readonly string[];
  /** The CREATE TABLE statement. */
  readonly ddl: string;
}

/** An arg, a field of a case or a column. */
export interface Field {
  readonly name: string;
  readonly type: SpecType;
}

export interface Action extends Place {
  /** `Concept.action`. */
  readonly uri: string;
  readonly name: string;
  readonly concept: string;
  readonly args: readonly Field[];
  /** Carried for readers and other tools, not enforced. */
  readonly requires: readonly string[];
  readonly outputs: readonly Output[];
  /** What runs it; `none`: E_ACTION_UNIMPLEMENTED. */
  readonly body: "declarative" | "handler" | "none";
}

/** A case that an action may end with, and what a declarative body does for it. */
export interface Output extends Place {
  readonly case: string;
  readonly fields: readonly Field[];
  readonly when: Snippet | undefined;
  readonly effects: readonly Snippet[];
  readonly result: readonly { readonly field: Field; readonly snippet: Snippet }[];
}

export interface Principle extends Place {
  readonly text: string;
  /** Absolute path of the scenario that tests it. */
  readonly scenario: string | undefined;
}
