import type { Json } from "../../value/mod.ts";

const MAX_TEXT = 40;

/** A value as messages name it: `number 3`, `text "x"`, `a list`. */
export function found(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return `number ${value}`;
  if (typeof value === "string") return `text ${quoted(value)}`;
  return Array.isArray(value) ? "a list" : "a mapping";
}

/** A text in quotes, cut where it is long. */
export function quoted(text: string): string {
  const cut = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).toWellFormed()}…` : text;
  return JSON.stringify(cut);
}
