import type { Value } from "./json.ts";
import { sortKeys } from "./sort_keys.ts";

/** Writes a value of either profile as canonical JSON, whatever its keys are called. Checks nothing. */
export function writeCanonical(value: Value): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "object":
      return Array.isArray(value) ? writeArray(value) : writeObject(value);
    default:
      return String(value);
  }
}

function writeArray(items: Value[]): string {
  let text = "";
  for (const item of items) text += `${text === "" ? "[" : ","}${writeCanonical(item)}`;
  return text === "" ? "[]" : `${text}]`;
}

function writeObject(object: { [key: string]: Value }): string {
  let text = "";
  for (const key of sortKeys(Object.keys(object))) {
    const member = object[key] ?? null;
    text += `${text === "" ? "{" : ","}${JSON.stringify(key)}:${writeCanonical(member)}`;
  }
  return text === "" ? "{}" : `${text}}`;
}
