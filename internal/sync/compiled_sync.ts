import type { Action, Pattern, Place, SpecType, Step, Sync, Template, Then, WhereQuery } from "../concept/mod.ts";
import type { Strict } from "../value/mod.ts";
import { keyTexts } from "./object_text.ts";

/** A sync made ready to run: variables are numbered, in canonical order of their names. */
export interface CompiledSync {
  readonly sync: Sync;
  readonly variables: readonly string[];
  /** {@link keyTexts} of the variables. */
  readonly keys: readonly string[];
  readonly patterns: readonly CompiledPattern[];
  readonly where: readonly CompiledQuery[];
  readonly invokes: readonly CompiledThen[];
}

export interface CompiledPattern {
  readonly action: string;
  readonly event: Pattern["event"];
  readonly case: string | undefined;
  readonly terms: readonly CompiledTerm[];
}

export interface CompiledTerm {
  readonly root: "args" | "output";
  readonly steps: readonly Step[];
  /** Tells paths apart. */
  readonly path: string;
  readonly is: { readonly literal: Strict } | { readonly variable: number };
}

export interface CompiledQuery {
  readonly query: WhereQuery;
  /** Numbers of variables; -1: the flow token. */
  readonly params: readonly number[];
  readonly binds: readonly { readonly variable: number; readonly column: string; readonly type: SpecType }[];
}

export interface CompiledThen extends Place {
  readonly syncId: string;
  readonly action: string;
  /** In canonical order of their names. */
  readonly args: readonly {
    readonly name: string;
    readonly type: SpecType | undefined;
    readonly value: CompiledTemplate;
  }[];
  /** {@link keyTexts} of the args. */
  readonly keys: readonly string[];
  /** Values are put into others, which may then be too deep. */
  readonly isNested: boolean;
}

export type CompiledTemplate =
  | { readonly kind: "literal"; readonly value: Strict }
  /** A variable by its number; -1: the flow token. */
  | { readonly kind: "bound"; readonly variable: number; readonly name: string; readonly steps: readonly Step[] }
  | { readonly kind: "array"; readonly items: readonly CompiledTemplate[] }
  | {
      readonly kind: "object";
      readonly entries: readonly { readonly key: string; readonly value: CompiledTemplate }[];
    };

/** The number that stands for the flow token, which is no variable of a binding (scenarios.md §4, Bindings). */
export const FLOW_TOKEN = -1;

export function compileSync(sync: Sync, actions: ReadonlyMap<string, Action>): CompiledSync {
  const variables = sync.variables.toSorted();
  const numbers = new Map(variables.map((name, number) => [name, number]));
  const numberOf = (name: string): number => numbers.get(name) ?? FLOW_TOKEN;
  return {
    sync,
    variables,
    keys: keyTexts(variables),
    patterns: sync.when.map((pattern) => compilePattern(pattern, numberOf)),
    where: sync.where.map((query) => ({
      query,
      params: query.params.map(numberOf),
      binds: query.binds.map((bind) => ({ ...bind, variable: numberOf(bind.variable) })),
    })),
    invokes: sync.invokes.map((then) => compileThen(then, actions.get(then.action), numberOf)),
  };
}

function compilePattern(pattern: Pattern, numberOf: (name: string) => number): CompiledPattern {
  const { action, event, case: wanted, terms } = pattern;
  return {
    action,
    event,
    case: wanted,
    terms: terms.map(({ path: { root, steps }, is }) => ({
      root,
      steps,
      path: JSON.stringify([root, ...steps]),
      is: is.kind === "literal" ? { literal: is.value } : { variable: numberOf(is.name) },
    })),
  };
}

function compileThen(
  { syncId, action, args, file, pos }: Then,
  declared: Action | undefined,
  numberOf: (name: string) => number,
): CompiledThen {
  const compiled = args.map(({ name, value }) => ({
    name,
    type: declared?.args.find((arg) => arg.name === name)?.type,
    value: compileTemplate(value, numberOf),
  }));
  const sorted = compiled.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const isNested = sorted.some(({ value: { kind } }) => kind === "array" || kind === "object");
  return { syncId, action, args: sorted, keys: keyTexts(sorted.map(({ name }) => name)), isNested, file, pos };
}

function compileTemplate(template: Template, numberOf: (name: string) => number): CompiledTemplate {
  switch (template.kind) {
    case "literal":
      return template;
    case "bound":
      return {
        kind: "bound",
        variable: numberOf(template.variable),
        name: template.variable,
        steps: template.steps,
      };
    case "array":
      return { kind: "array", items: template.items.map((item) => compileTemplate(item, numberOf)) };
    case "object":
      return {
        kind: "object",
        entries: template.entries.map(({ key, value }) => ({ key, value: compileTemplate(value, numberOf) })),
      };
  }
}
