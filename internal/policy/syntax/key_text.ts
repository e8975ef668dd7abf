import type { Json } from "../../value/mod.ts";

/** The key that a value is in a mapping: text as it is, other scalars as their JSON text (flows §5); no list or mapping. */
export function keyText(key: Json): string | undefined {
  if (typeof key === "string") return key;
  return typeof key === "object" && key !== null ? undefined : String(key);
}
