import { GENERAL_RULES } from "./general_rules.ts";
import type { Json } from "./json.ts";
import { JsonReader } from "./json_reader.ts";

/**
 * Reads the one JSON value (general profile) that begins at `start` of a larger text, and says where it ends: both are
 * UTF-16 indexes. Nothing at or behind `limit` is looked at, so that a value left open ends with its line.
 * `scanJson('input={"k": 1} emit=', 6)` gives `{ value: { k: 1 }, end: 14 }`.
 * @throws ValueError: the first error in the text; its offset counts from the beginning of `text`
 */
export function scanJson(text: string, start: number, limit = text.length): { value: Json; end: number } {
  const reader = new JsonReader(limit < text.length ? text.slice(0, limit) : text, GENERAL_RULES, start);
  const value = reader.readValue();
  return { value, end: reader.end };
}
