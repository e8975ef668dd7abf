import type { Value } from "./json.ts";

/** A value as JSON for people, indented by two, without a final line end. A bigint keeps its digits (flows §12). */
export function indentedJson(value: Value | { readonly [key: string]: unknown }): string {
  return JSON.stringify(
    value,
    (_, member: unknown) => (typeof member === "bigint" ? rawJson(String(member)) : member),
    2,
  );
}

/** `JSON.rawJSON`, which the compiler does not know yet: text that is written as it is. */
function rawJson(text: string): unknown {
  const raw: unknown = Reflect.get(JSON, "rawJSON");
  return typeof raw === "function" ? raw(text) : Number(text);
}
