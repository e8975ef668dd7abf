import type { Json } from "../../value/mod.ts";

/** A value for an input, by what the text of its type contains (flows §8); it need not be one that the type takes. */
export function sampleValue(type: string): Json {
  const text = type.trim().toLowerCase();
  if (text.includes("list") || text.startsWith("[]")) return ["item1", "item2"];
  if (text.includes("bool")) return true;
  if (text.includes("int")) return 1;
  if (/float|double|decimal/.test(text)) return 1.0;
  return "sample";
}

/** An edge of what a sample is: an empty list, a blank text, the other boolean. Numbers have none. */
export function edgeOf(sample: Json): { readonly name: string; readonly value: Json } | undefined {
  if (Array.isArray(sample)) return { name: "empty", value: [] };
  if (typeof sample === "string") return { name: "blank", value: "" };
  return typeof sample === "boolean" ? { name: "toggle", value: !sample } : undefined;
}
