import { canonical, type Json, ValueError } from "../value/mod.ts";

/** A primitive that a `Map` or `Set` keeps apart exactly as canonical JSON keeps the values apart. */
export type Identity = null | boolean | number | string | undefined;

/**
 * What stands for a value where pipelines §9 says "by canonical JSON": two values have the same identity if and only if
 * their canonical JSON is the same (1 and 1.0 are one, 1 and "1" are two). Missing is undefined; NaN, which canonical JSON
 * refuses, equals itself. Scalars stand for themselves and cost nothing.
 */
export function identity(value: Json | undefined): Identity {
  if (typeof value === "object" && value !== null) return canonicalOrOdd(value);
  // The texts of lists and maps begin with a bracket; a string that does too gets a mark that no other string keeps.
  return typeof value === "string" && opensLikeText(value.charCodeAt(0)) ? `"${value}` : value;
}

function opensLikeText(code: number): boolean {
  return code === 0x22 || code === 0x5b || code === 0x7b;
}

function canonicalOrOdd(value: Json): string {
  try {
    return canonical(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return spell(value);
  }
}

/** As canonical JSON, for values that it refuses: NaN can come from the API (pipelines §9). */
function spell(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(spell).join(",")}]`;
  if (typeof value !== "object" || value === null)
    return typeof value === "string" ? JSON.stringify(value) : `${value}`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${spell(member)}`).join(",")}}`;
}
