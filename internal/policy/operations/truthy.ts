import type { Json } from "../../value/mod.ts";

/** False for `None`, `False`, 0, `""`, `[]` and `{}` only (flows §5). */
export function truthy(value: Json): boolean {
  if (typeof value !== "object" || value === null) return Boolean(value);
  return !isEmpty(value);
}

/** True for a list or mapping without elements. */
export function isEmpty(value: Json[] | { [key: string]: Json }): boolean {
  if (Array.isArray(value)) return value.length === 0;
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}
