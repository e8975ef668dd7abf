import type { KeyEntry, Layout, Scalar } from "./layout.ts";
import { ParseFault } from "./parse_fault.ts";

/**
 * The top-level keys of a file (flows §2, §4).
 *
 * @throws ParseFault at a key that is there twice, and at a line that has none
 */
export function topLevelKeys({ root }: Layout): ReadonlyMap<string, KeyEntry> {
  const keys = new Map<string, KeyEntry>();
  for (const entry of root.entries) {
    if (entry.kind === "bare") {
      throw new ParseFault("a line of the file itself is of the form key: value", lengthOf(entry.at, entry.text));
    }
    if (keys.has(entry.key)) {
      throw new ParseFault(`the key ${entry.key} is there twice`, lengthOf(entry.at, entry.key));
    }
    keys.set(entry.key, entry);
  }
  return keys;
}

/**
 * A key that every file has.
 *
 * @throws ParseFault at the first content line
 */
export function requiredKey(keys: ReadonlyMap<string, KeyEntry>, key: string, { start }: Layout): KeyEntry {
  const entry = keys.get(key);
  if (entry !== undefined) return entry;
  throw new ParseFault(`the key ${key} is missing`, { at: start });
}

/**
 * The text of an entry.
 *
 * @throws ParseFault at a value that is a block, or blank
 */
export function scalarOf({ key, value }: KeyEntry): Scalar {
  if (value.kind === "scalar" && value.text.trim() !== "") return value;
  const found = value.kind === "list" ? "a list" : value.kind === "mapping" ? "a block" : "blanks";
  const message = `${key} is a text on the same line; found ${value.kind === "mapping" && value.entries.length === 0 ? "nothing" : found}`;
  throw new ParseFault(message, { at: value.at });
}

function lengthOf(at: number, { length }: string): { readonly at: number; readonly length: number } {
  return { at, length };
}
