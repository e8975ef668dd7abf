import type { Json } from "../value/mod.ts";

/**
 * A deep copy of a JSON value: no object or array of it is shared with the original. The value is valid already (finite,
 * without cycles, at most 256 deep): whoever lets foreign values in checks them.
 *
 * @example copyJson({ a: [1] }) // { a: [1] }, with another object and another array
 */
export function copyJson(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(copyJson);
  // A spread defines an own "__proto__" too, and once it is there an assignment reaches it and not the prototype.
  const copy = { ...value };
  for (const key of Object.keys(copy)) {
    const member = copy[key];
    if (member !== null && typeof member === "object") copy[key] = copyJson(member);
  }
  return copy;
}
