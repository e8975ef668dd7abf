import { GENERAL_RULES } from "./general_rules.ts";
import { type Json, MAX_DEPTH } from "./json.ts";
import { JsonReader } from "./json_reader.ts";

/**
 * Reads exactly one JSON text under the general profile (scenarios.md §1): `-0` is 0, an integer beyond 2^53 the nearest
 * double.
 * @throws ValueError: the first error in the text, with its offset and, but for syntax and depth, its path
 */
export function parseJson(text: string): Json {
  return parseQuickly(text) ?? new JsonReader(text, GENERAL_RULES).readText();
}

/**
 * The engine's parser is faster than the reader, but forgives too much. Its answer is taken where a count proves it right:
 * a text has one colon for each member of its objects, and those inside its strings. If the value accounts for them all,
 * no member was lost to a later one with the same key. Undefined where the reader must decide; a lone null is left to it.
 */
function parseQuickly(text: string): Json | undefined {
  if (!text.isWellFormed() || (text.includes("\\u") && TELLING_ESCAPE.test(text))) return undefined;
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return colonsOf(value, 0) === countColons(text) ? value : undefined;
}

/** An escaped surrogate, which may be alone, and an escaped colon, which the count would miss. */
const TELLING_ESCAPE = /\\u(?:[dD]|003[aA])/;

/**
 * How many colons the text of a value has if no key is given twice. NaN if the value holds what the reader must see: -0,
 * an overflow, great depth. Colons in keys are left out: they are rare, and the reader is right about them too.
 */
function colonsOf(value: Json, depth: number): number {
  switch (typeof value) {
    case "string":
      return countColons(value);
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? 0 : Number.NaN;
    case "boolean":
      return 0;
    default:
      if (value === null) return 0;
      if (depth === MAX_DEPTH) return Number.NaN;
      return Array.isArray(value) ? colonsOfArray(value, depth) : colonsOfObject(value, depth);
  }
}

function colonsOfArray(items: Json[], depth: number): number {
  let colons = 0;
  for (const item of items) colons += colonsOf(item, depth + 1);
  return colons;
}

function colonsOfObject(object: { [key: string]: Json }, depth: number): number {
  let colons = 0;
  for (const key in object) colons += 1 + colonsOf(object[key] ?? null, depth + 1);
  return colons;
}

function countColons(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) colons++;
  return colons;
}
