import type { Sync, WhereQuery } from "../concept/mod.ts";
import { isStoreFault, type Statements } from "../store/mod.ts";
import { equal, pathKey, type Strict } from "../value/mod.ts";
import { type CompiledQuery, type CompiledSync, FLOW_TOKEN } from "./compiled_sync.ts";
import { FlowFailure, placeText } from "./flow_failure.ts";
import type { Bindings } from "./match.ts";
import { fromSql, SqlMisfit, type SqlValue, toSql } from "./sql_values.ts";

/**
 * The bindings with what each row of the where-queries adds (scenarios.md §4, where): a nested join, in the order of the queries
 * and their rows. Rows that disagree with what is bound are skipped.
 * @throws FlowFailure for SQL that fails, and for values outside the strict profile
 */
export function* whereRows(
  sync: CompiledSync,
  bindings: Bindings,
  flowToken: string,
  statements: Statements,
  from = 0,
): Generator<Bindings> {
  const compiled = sync.where[from];
  if (compiled === undefined) {
    yield bindings;
    return;
  }
  for (const row of rowsOf(sync.sync, compiled, bindings, flowToken, statements)) {
    const bound = withRow(compiled, row, bindings);
    if (bound !== undefined) yield* whereRows(sync, bound, flowToken, statements, from + 1);
  }
}

function rowsOf(
  sync: Sync,
  { query, params }: CompiledQuery,
  bindings: Bindings,
  flowToken: string,
  statements: Statements,
): readonly (readonly unknown[])[] {
  const bound = params.map((param): SqlValue => {
    const value = param === FLOW_TOKEN ? flowToken : bindings[param];
    return value === undefined ? "" : toSql(value);
  });
  try {
    return statements.get(query.sql).values(...bound);
  } catch (error) {
    if (isStoreFault(error)) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    const message = `the sync ${sync.name} failed at ${placeText(query)}: ${cause}`;
    throw new FlowFailure("E_ACTION_FAILED", message, query, { cause: error });
  }
}

function withRow({ query, binds }: CompiledQuery, row: readonly unknown[], bindings: Bindings): Bindings | undefined {
  if (binds.length === 0) return bindings;
  const bound = [...bindings];
  for (const [index, { variable, column, type }] of binds.entries()) {
    const value = fromSql(row[index], type);
    if (value instanceof SqlMisfit) throw misfit(value, query, column);
    const known: Strict | undefined = bound[variable];
    if (known === undefined) bound[variable] = value;
    else if (!equal(known, value)) return undefined;
  }
  return bound;
}

function misfit({ code, says, path }: SqlMisfit, query: WhereQuery, column: string): FlowFailure {
  if (code === "E_RESULT_TYPE") return new FlowFailure(code, `${query.from}.${column} is ${says}`, query);
  return new FlowFailure(code, `$${pathKey(column)}${path}${says} (in ${query.from})`, query);
}
