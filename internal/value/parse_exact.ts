import { GENERAL_RULES } from "./general_rules.ts";
import { type Json, setKey, type Value } from "./json.ts";
import { JsonReader, type ScalarRules } from "./json_reader.ts";
import { parseJson } from "./parse_json.ts";

/**
 * Reads exactly one JSON text under the general profile, but keeps an integer that a double cannot hold as a bigint, so that it can be
 * written again with the same digits (flows §12).
 * @throws ValueError as `parseJson`
 */
export function parseExact(text: string): Value {
  return LONG_NUMBER.test(text) ? new JsonReader(text, EXACT_RULES).readText() : parseJson(text);
}

/** Every integer beyond 2^53 has so many digits; so do some texts, which does no harm. */
const LONG_NUMBER = /\d{16}/;

const EXACT_RULES: ScalarRules<bigint | null> = {
  ...GENERAL_RULES,
  number(literal, isInteger) {
    const value = GENERAL_RULES.number(literal, isInteger);
    return isInteger && typeof value === "number" && !Number.isSafeInteger(value) ? BigInt(literal) : value;
  },
};

/** The value in the general profile: a bigint becomes the nearest double. The same object where there is none. */
export function nearestDoubles(value: Value): Json {
  return hasBigint(value) ? copied(value) : (value as Json);
}

function hasBigint(value: Value): boolean {
  if (typeof value === "bigint") return true;
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.some(hasBigint) : Object.values(value).some(hasBigint);
}

function copied(value: Value): Json {
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  const copy: { [key: string]: Json } = {};
  for (const [key, member] of Object.entries(value)) setKey(copy, key, copied(member));
  return copy;
}
