import type { Action, Field, Output, Snippet } from "../concept/mod.ts";
import { keyTexts } from "./object_text.ts";

/** A statement to prepare, and what is bound to it, by position. */
export interface Query {
  readonly sql: string;
  readonly params: readonly string[];
}

/** An action made ready to run. */
export interface CompiledAction {
  readonly action: Action;
  readonly outputs: readonly CompiledOutput[];
  readonly byCase: ReadonlyMap<string, CompiledOutput>;
  /** Gives the index of the first output whose `when` is true, -1 for none; undefined: the first is always taken. */
  readonly choose: Query | undefined;
}

export interface CompiledOutput {
  readonly output: Output;
  readonly fields: ReadonlyMap<string, Field>;
  readonly hasEffects: boolean;
  /** The result in canonical order of its fields. */
  readonly result: readonly { readonly field: Field; readonly snippet: Snippet }[];
  /** {@link keyTexts} of the result. */
  readonly keys: readonly string[];
  /** All of `result` at once; undefined: there is none. */
  readonly all: Query | undefined;
}

const SELECT = "SELECT ";

export function compileAction(action: Action): CompiledAction {
  const outputs = action.outputs.map(compileOutput);
  return {
    action,
    outputs,
    byCase: new Map(outputs.map((compiled) => [compiled.output.case, compiled])),
    choose: compileChoice(action.outputs),
  };
}

function compileOutput(output: Output): CompiledOutput {
  const result = output.result.toSorted((a, b) => (a.field.name < b.field.name ? -1 : 1));
  return {
    output,
    fields: new Map(output.fields.map((field) => [field.name, field])),
    hasEffects: output.effects.length > 0,
    result,
    keys: keyTexts(result.map(({ field }) => field.name)),
    all: result.length === 0 ? undefined : joined(result.map(({ snippet }) => snippet)),
  };
}

/** One statement instead of one an expression: each costs as much as what it computes. */
function joined(snippets: readonly Snippet[]): Query {
  return { sql: `SELECT ${snippets.map(bracketed).join(", ")}`, params: paramsOf(snippets) };
}

function compileChoice(outputs: readonly Output[]): Query | undefined {
  const always = outputs.findIndex(({ when }) => when === undefined);
  const conditions = outputs.slice(0, always < 0 ? outputs.length : always).flatMap(({ when }) => when ?? []);
  if (conditions.length === 0) return undefined;
  const cases = conditions.map((when, index) => `WHEN ${bracketed(when)} THEN ${index}`);
  return { sql: `SELECT CASE ${cases.join(" ")} ELSE ${always} END`, params: paramsOf(conditions) };
}

/** The expression of a snippet, in its brackets. */
export function bracketed({ sql }: Snippet): string {
  return sql.slice(SELECT.length);
}

/** In the order in which SQLite numbers them. */
function paramsOf(snippets: readonly Snippet[]): readonly string[] {
  return [...new Set(snippets.flatMap(({ params }) => params))];
}
