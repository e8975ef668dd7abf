import type { Position } from "../diag/mod.ts";

/** A checked piece of SQL of a spec. */
export interface Snippet {
  /** As it is written. */
  readonly text: string;
  /**
   * One statement to prepare: an effect as it is; of an expression `SELECT (…)`. Quoted names are in backticks, so that
   * none of them can be taken for a string.
   */
  readonly sql: string;
  /** The names of the parameters that it uses, without `:`; strict binding wants exactly these. */
  readonly params: readonly string[];
  readonly file: string;
  readonly pos: Position;
}
