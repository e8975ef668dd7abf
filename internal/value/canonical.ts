import { checkJson } from "./check_json.ts";
import type { Json, Profile, Strict, Value } from "./json.ts";
import { sortKeys } from "./sort_keys.ts";
import { ODD_KEY, SUSPECT, survey, UNSORTED } from "./survey.ts";
import { toStrict } from "./to_strict.ts";
import { writeCanonical } from "./write_canonical.ts";

/**
 * Canonical JSON of the general profile (scenarios.md §1, RFC 8785): `{ b: 1.0, a: -0 }` gives `{"a":0,"b":1}`.
 * @throws ValueError as `checkJson`
 */
export function canonical(value: Json): string {
  const text = quickCanonical(value, "general");
  // The engine escapes lone surrogates, and nothing else, as \ud...; the same letters may follow a backslash in a text.
  if (text !== undefined && !text.includes("\\ud")) return text;
  const checked = checkJson(value);
  return text ?? writeCanonical(checked);
}

/**
 * Canonical JSON of the strict profile: normalised to NFC first, sorted then. Ints beyond 2^53 are written exactly.
 * @throws ValueError as `toStrict`
 */
export function canonicalStrict(value: Strict): string {
  const text = quickCanonical(value, "strict");
  // What JSON adds to the strings composes with nothing that follows it, but for the letters of escapes; so a text in NFC
  // has its strings in NFC. The engine answers at once where no character is beyond U+00FF.
  if (text !== undefined && !text.includes("\\ud") && text.normalize("NFC") === text) return text;
  const strict = toStrict(value);
  return quickCanonical(strict, "strict") ?? writeCanonical(strict);
}

/**
 * The engine's own JSON writer is twice as fast as one in TypeScript and writes strings and numbers as canonical JSON
 * does. It only has to be given its keys in order. Undefined where it cannot be trusted.
 */
function quickCanonical(value: Value, profile: Profile): string | undefined {
  const flags = survey(value, profile);
  if ((flags & SUSPECT) !== 0) return undefined;
  if ((flags & UNSORTED) === 0) return JSON.stringify(value);
  return (flags & ODD_KEY) === 0 ? JSON.stringify(sortedCopy(value)) : writeCanonical(value);
}

/** A copy with keys inserted in canonical order, for values without odd keys. */
function sortedCopy(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sortedCopy);
  const copy: { [key: string]: Value } = {};
  for (const key of sortKeys(Object.keys(value))) {
    const member = value[key];
    if (member !== undefined) copy[key] = sortedCopy(member);
  }
  return copy;
}
