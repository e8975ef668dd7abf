import type * as v from "valibot";

/** The keys of an object schema, each `true` if it must be there: what `readFields` wants. So a schema and its reader agree. */
export function keysOf<Entries extends v.ObjectEntries>(schema: {
  readonly entries: Entries;
}): Readonly<Record<keyof Entries & string, boolean>>;
export function keysOf({ entries }: { readonly entries: v.ObjectEntries }): Readonly<Record<string, boolean>> {
  return Object.fromEntries(Object.entries(entries).map(([key, { type }]) => [key, !OPTIONAL.has(type)]));
}

const OPTIONAL: ReadonlySet<string> = new Set(["exact_optional", "optional"]);
