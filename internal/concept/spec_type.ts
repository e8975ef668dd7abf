import { isObject, type Strict } from "../value/mod.ts";

/** The type of an arg, a field or a column (scenarios.md §3). */
export type SpecType =
  | { readonly kind: "string" | "int" | "bool" | "array" | "object" }
  | { readonly kind: "list"; readonly of: SpecType };

const SIMPLE = ["string", "int", "bool", "array", "object"] as const;

/** Names of types, for did-you-mean. */
export const TYPE_NAMES: readonly string[] = [...SIMPLE, "list<string>", "list<int>"];

/** A type by its text, `list<int>`; undefined if there is none of that name. */
export function parseType(text: string): SpecType | undefined {
  // A loop, not a recursion: a hostile text has as many lists as it likes.
  const lists = /^(?:list<)*/.exec(text)?.[0].length ?? 0;
  const depth = lists / "list<".length;
  const name = text.slice(lists, text.length - depth);
  if (depth > MOST_LISTS || text.slice(text.length - depth) !== ">".repeat(depth)) return undefined;
  const kind = SIMPLE.find((simple) => simple === name);
  let type: SpecType | undefined = kind === undefined ? undefined : { kind };
  for (let n = 0; type !== undefined && n < depth; n += 1) type = { kind: "list", of: type };
  return type;
}
const MOST_LISTS = 250;

/** Why a name that other systems have is no type here; undefined for names nobody would expect. */
export function whyNoType(text: string): string | undefined {
  if (["float", "number", "double", "real", "decimal"].includes(text)) {
    return "values are exact: an int of a smaller unit, or a string, takes the place of a float";
  }
  return text === "null" ? "no value is null: a case of its own says that something is missing" : undefined;
}

export function typeName(type: SpecType): string {
  return type.kind === "list" ? `list<${typeName(type.of)}>` : type.kind;
}

/** Whether a value is not of the type. Nothing is coerced. */
export function misfits(type: SpecType, value: Strict): boolean {
  switch (type.kind) {
    case "string":
      return typeof value !== "string";
    case "int":
      return typeof value !== "number" && typeof value !== "bigint";
    case "bool":
      return typeof value !== "boolean";
    case "array":
      return !Array.isArray(value);
    case "object":
      return !isObject(value);
    case "list":
      return !Array.isArray(value) || value.some((item) => misfits(type.of, item));
  }
}

/** Whether a value of type `from` may be put where `to` is declared; undefined types are only known when it runs. */
export function mayFit(from: SpecType | undefined, to: SpecType | undefined): boolean {
  if (from === undefined || to === undefined) return true;
  if (from.kind === "list" && to.kind === "list") return mayFit(from.of, to.of);
  const isArray = (type: SpecType) => type.kind === "list" || type.kind === "array";
  return isArray(from) && isArray(to) ? true : from.kind === to.kind;
}
