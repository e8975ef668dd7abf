import { type Strict, writeCanonical } from "../value/mod.ts";

/** What stands before each value in the canonical text of an object: `{"a":`, `,"b":`. Names are in canonical order. */
export function keyTexts(names: readonly string[]): readonly string[] {
  return names.map((name, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
}

/**
 * The canonical text of an object whose keys never change, of values in the strict profile: every event is written three times,
 * and this costs a third of `canonicalStrict`, which has to look at everything first. A test compares the two.
 */
export function objectText(keys: readonly string[], values: readonly (Strict | undefined)[]): string {
  let text = "";
  for (let index = 0; index < keys.length; index++) {
    const value = values[index];
    if (value !== undefined) text += keys[index] + valueText(value);
  }
  return text === "" ? "{}" : `${text}}`;
}

function valueText(value: Strict): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "object":
      return writeCanonical(value);
    default:
      return `${value}`;
  }
}
