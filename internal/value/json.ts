/** A value of the general profile (scenarios.md §1): what one JSON text says. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * A value of the strict profile (scenarios.md §1): an int is a `number` within ±(2^53−1), else a `bigint` within 64
 * bits; all text is in NFC.
 */
export type Strict = boolean | number | bigint | string | Strict[] | { [key: string]: Strict };

/** A value of either profile. */
export type Value = null | boolean | number | bigint | string | Value[] | { [key: string]: Value };

export type Profile = "general" | "strict";

/** More nested arrays and objects than this are E_VALUE_DEPTH, in both profiles. */
export const MAX_DEPTH = 256;

/** True for an object, false for null, arrays and scalars. */
export function isObject(value: Value): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `object[key] = value`, also for `__proto__`, which is a key like any other in JSON. */
export function setKey<V>(object: { [key: string]: V }, key: string, value: V): void {
  if (key === "__proto__") {
    // A plain assignment would replace the prototype, or be lost.
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}
